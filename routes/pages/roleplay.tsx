import { Hono } from "hono";
import { z } from "zod";
import { areas } from "../../ai/gallery/scenario.ts";
import { type Lang, langs } from "../../domain/person.ts";
import { Icon } from "../../islands/icon.tsx";
import type { AppContext, AppEnv, Parts } from "../context.ts";
import { Gallery } from "./gallery.tsx";
import { Page, show } from "./layout.tsx";
import { PracticeTabs } from "./practice_tabs.tsx";

/** What the address says; what does not fit is as if it were not there. */
export const roleplayQuestion = z.object({
  area: z.enum(areas).optional().catch(undefined),
  in: z.enum(langs).optional().catch(undefined),
  tag: z.string().max(40).optional().catch(undefined),
  before: z.string().max(120).optional().catch(undefined),
});

/** The role-plays: one's own scenes, and the gallery that anyone may look through. */
export function roleplayPages(parts: Parts): Hono<AppEnv> {
  return new Hono<AppEnv>().get("/roleplay", (c) => {
    const asked = roleplayQuestion.parse(c.req.query());
    const { roleplay } = c.var.words;
    return show(
      c,
      <Page c={c} house={parts} title={roleplay.title} nav="roleplay">
        <div class="page">
          <Head c={c} />
          <PracticeTabs c={c} here="roleplay" />
          <Gallery c={c} asked={{ area: asked.area, language: asked.in ?? practisedBy(c.var.lang) }} />
        </div>
      </Page>,
    );
  });
}

function Head({ c }: { c: AppContext }) {
  const { roleplay } = c.var.words;
  return (
    <header class="row between">
      <div class="grow">
        <h1>{roleplay.title}</h1>
        <p class="soft">{roleplay.lead}</p>
      </div>
      <a class="btn" href="/roleplay/new">
        <Icon name="plus" /> {roleplay.create}
      </a>
    </header>
  );
}

/** Who reads Korean mostly practises English; the others are offered Korean first. */
export const practisedBy = (lang: Lang): Lang => lang === "ko" ? "en" : "ko";

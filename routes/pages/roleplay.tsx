import { Hono } from "hono";
import { z } from "zod";
import { areas } from "../../ai/gallery/scenario.ts";
import { type Lang, langs, type Who } from "../../domain/person.ts";
import { fill } from "../../domain/words/fill.ts";
import { sceneFor } from "../../domain/scene.ts";
import { ownAiRooms } from "../../kv/ai_rooms.ts";
import { seenBy } from "../../realtime/seen.ts";
import { playedScenes } from "../../realtime/casts.ts";
import { Icon } from "../../islands/icon.tsx";
import type { AppContext, AppEnv, Parts } from "../context.ts";
import { Gallery } from "./gallery.tsx";
import { Page, show } from "./layout.tsx";
import { type OwnRoom, OwnRooms, sceneCard } from "./own_rooms.tsx";
import { PracticeTabs } from "./practice_tabs.tsx";

/** What the address says; what does not fit is as if it were not there. */
const roleplayQuestion = z.object({
  area: z.enum(areas).optional().catch(undefined),
  in: z.enum(langs).optional().catch(undefined),
  tag: z.string().max(40).optional().catch(undefined),
  before: z.string().max(120).optional().catch(undefined),
});
type Own = { rooms: OwnRoom[]; next?: string; tag?: string };
const SHOWN = 8;

/** The role-plays: one's own scenes, and the gallery that anyone may look through. */
export function roleplayPages(parts: Parts): Hono<AppEnv> {
  return new Hono<AppEnv>().get("/roleplay", async (c) => {
    const asked = roleplayQuestion.parse(c.req.query());
    const { roleplay } = c.var.words;
    const own = c.var.who && await ownScenes(c, parts, c.var.who, asked);
    return show(
      c,
      <Page c={c} house={parts} title={roleplay.title} nav="roleplay">
        <div class="page">
          <Head c={c} />
          <PracticeTabs c={c} here="roleplay" />
          {own && <Mine c={c} own={own} />}
          <Gallery c={c} asked={{ area: asked.area, language: asked.in ?? practisedBy(c.var.lang) }} />
        </div>
      </Page>,
    );
  });
}

export async function ownScenes(
  c: AppContext,
  { store, log, hub, rooms }: Pick<Parts, "store" | "log" | "hub" | "rooms">,
  who: Who,
  { tag, before }: { tag?: string; before?: string } = {},
): Promise<Own> {
  const isFirst = before === undefined && tag === undefined;
  const [{ items, next }, played] = await Promise.all([
    ownAiRooms(store, "roleplay", who.id, { before, tag, limit: SHOWN }),
    isFirst ? playedScenes({ store, rooms }, who) : [],
  ]);
  const seen = seenBy({ log, hub }, who);
  const scenes = [...played.map((scene) => sceneFor(scene, false, seen.apart)), ...items];
  return { rooms: await Promise.all(scenes.map((scene) => sceneCard(c, seen, scene))), next, tag };
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

function Mine({ c, own: { rooms, next, tag } }: { c: AppContext; own: Own }) {
  const { roleplay } = c.var.words;
  const address = (query: Record<string, string>) => `/roleplay?${new URLSearchParams(query)}#mine`;
  return (
    <section class="card" id="mine" aria-labelledby="mine-title">
      <h2 id="mine-title">{roleplay.mine}</h2>
      {tag && (
        <p class="row s">
          {fill(roleplay.tagged, { tag })} <a href="/roleplay#mine">{roleplay.everything}</a>
        </p>
      )}
      {rooms.length === 0 && <p class="s soft">{roleplay.mineNone}</p>}
      <OwnRooms c={c} rooms={rooms} icon="play" tagHref={(tag) => address({ tag })} />
      {next && <a class="btn quiet sm" href={address({ before: next, ...(tag ? { tag } : {}) })}>{roleplay.older}</a>}
    </section>
  );
}

/** Who reads Korean mostly practises English; the others are offered Korean first. */
export const practisedBy = (lang: Lang): Lang => lang === "ko" ? "en" : "ko";

import { Hono } from "hono";
import { z } from "zod";
import { limits } from "../../domain/limits.ts";
import { type MatchProfile, profileForm } from "../../domain/profile.ts";
import { Problem, problems } from "../../domain/problems.ts";
import { explain } from "../../domain/words/explain.ts";
import { changeMatchProfile, findMatchProfile } from "../../kv/profiles.ts";
import { body, invalid, readBody } from "../body.ts";
import type { AppContext, AppEnv, Parts } from "../context.ts";
import { me, member } from "../guard.ts";
import { saveProfile } from "../matching.ts";
import { setPhoto } from "../photos.ts";
import { Page, show } from "./layout.tsx";
import { ProfileFields, type Values } from "./match_fields.tsx";
import { Portrait } from "./portrait.tsx";

const sent = z.record(z.string(), z.unknown());

/** One's matching profile: a form, and one for the picture. */
export function matchProfilePages(parts: Parts): Hono<AppEnv> {
  const { store } = parts;

  async function render(c: AppContext, tried?: { values: Values; error: Problem }): Promise<Response> {
    const profile = await findMatchProfile(store, me(c).id);
    const { words: { matching } } = c.var;
    const { message, fields } = tried ? explain(c.var.words, tried.error) : {};
    if (tried) c.status(problems[tried.error.code]);
    c.header("Cache-Control", "no-store");
    return await show(
      c,
      <Page c={c} house={parts} title={matching.profile.title} nav="match" scripts={["photo.js"]}>
        <div class="page">
          <header>
            <h1>{matching.profile.title}</h1>
            <p class="soft">{matching.profile.lead}</p>
          </header>
          <div class="cols">
            <form class="card stack" method="post" action="/match/profile">
              {c.req.query("saved") === "1" && <p class="notice" role="status">{matching.profile.saved}</p>}
              {message && <p class="notice bad" role="alert">{message}</p>}
              <ProfileFields c={c} values={tried?.values ?? valuesOf(profile)} errors={fields ?? {}} />
              <button type="submit" class="btn main full">{matching.profile.save}</button>
            </form>
            {profile && <Picture c={c} photo={profile.photo} />}
          </div>
        </div>
      </Page>,
    );
  }

  return new Hono<AppEnv>()
    .get("/match/profile", (c) => c.var.who ? render(c) : c.redirect("/login?next=/match/profile", 303))
    .post("/match/profile", member, body(sent), async (c) => {
      const values = c.req.valid("json") as Values;
      try {
        const read = profileForm.safeParse(profileIn(values));
        if (!read.success) throw invalid(read.error);
        await saveProfile(parts, me(c).id, read.data);
        return c.redirect("/match/profile?saved=1", 303);
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        return await render(c, { values, error });
      }
    })
    .post("/match/photo", member, async (c) => {
      const bytes = await readBody(c.req.raw, limits.upload);
      const headers = { "Content-Type": c.req.header("Content-Type") ?? "" };
      const form = await new Response(bytes, { headers }).formData().catch(() => null);
      const file = form?.get("photo");
      if (!(file instanceof File)) throw new Problem("photo_kind");
      await setPhoto(parts, me(c).id, await file.bytes());
      return c.redirect("/match/profile?saved=1", 303);
    })
    .post("/match/photo/remove", member, async (c) => {
      await changeMatchProfile(store, me(c).id, (before) => {
        if (!before) throw new Problem("no_profile");
        return { ...before, photo: undefined };
      });
      return c.redirect("/match/profile?saved=1", 303);
    });
}

function Picture({ c, photo }: { c: AppContext; photo?: string }) {
  const { profile: words } = c.var.words.matching;
  const { id, nickname } = me(c);
  return (
    <section class="card stack tight" aria-labelledby="photo-title">
      <h2 id="photo-title">{words.photo}</h2>
      <Portrait c={c} person={{ id, nickname, photo }} size="lg" />
      <p class="s soft">{words.photoHow}</p>
      <form class="stack tight" method="post" action="/match/photo" encType="multipart/form-data" id="photo">
        <label class="label" for="file">{words.choose}</label>
        <input class="input" type="file" id="file" name="photo" accept="image/jpeg,image/png,image/webp" required />
        <button type="submit" class="btn">{words.upload}</button>
      </form>
      {photo && (
        <form method="post" action="/match/photo/remove">
          <button type="submit" class="btn quiet harm">{words.removePhoto}</button>
        </form>
      )}
    </section>
  );
}

/** A profile as the form's fields: one for each thing that can be ticked. */
function valuesOf(profile: MatchProfile | null): Values {
  if (!profile) return { "ages.from": "19", "ages.to": "60", visibility: "shown", receipts: "on" };
  const { intentions, speaks, learns, wants, prompts, reads, ages } = profile;
  const ticked = (name: string, all: string[]) => all.map((one) => [`${name}.${one}`, "on"]);
  return Object.fromEntries([
    ...ticked("intentions", intentions),
    ...ticked("speaks", speaks),
    ...ticked("learns", learns),
    ...ticked("wants", wants),
    ...ticked("reads", Object.entries(reads).flatMap(([name, on]) => on ? [name] : [])),
    ...Object.entries(prompts).map(([name, text]) => [`prompts.${name}`, text]),
    ["birthYear", String(profile.birthYear)],
    ["interests", profile.interests.join(", ")],
    ["region", profile.region],
    ["ages.from", String(ages.from)],
    ["ages.to", String(ages.to)],
    ["visibility", profile.visibility],
    ["receipts", profile.receipts ? "on" : ""],
  ]);
}

/** The fields as a profile, for the schema to judge. */
function profileIn(values: Values): unknown {
  const said = (name: string) => String(values[name] ?? "").trim();
  const under = (name: string) => Object.keys(values).filter((key) => key.startsWith(`${name}.`));
  const ticked = (name: string) => under(name).filter(said).map((key) => key.slice(name.length + 1));
  return {
    birthYear: Number(said("birthYear")),
    intentions: ticked("intentions"),
    speaks: ticked("speaks"),
    learns: ticked("learns"),
    wants: ticked("wants"),
    interests: said("interests").split(/[,、，]/).map((one) => one.trim()).filter(Boolean),
    prompts: Object.fromEntries(ticked("prompts").map((name) => [name, said(`prompts.${name}`)])),
    region: said("region"),
    ages: { from: Number(said("ages.from")), to: Number(said("ages.to")) },
    reads: { plaza: said("reads.plaza") === "on", live: said("reads.live") === "on" },
    visibility: said("visibility"),
    receipts: said("receipts") === "on",
  };
}

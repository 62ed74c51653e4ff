import { Hono } from "hono";
import { type Lang, langs } from "../../domain/person.ts";
import { isDirect } from "../../domain/room.ts";
import { nothingYet } from "../../domain/recollection.ts";
import { type Scene, sceneFor } from "../../domain/scene.ts";
import { fill } from "../../domain/words/fill.ts";
import { scenarioId, scenarioIn } from "../../ai/gallery/gallery.ts";
import { scenarios } from "../../ai/gallery/scenario.ts";
import { readAiRoom } from "../../kv/ai_rooms.ts";
import { ownLevel } from "../../kv/level_checks.ts";
import { recollectionOf } from "../../kv/recollections.ts";
import { Icon } from "../../islands/icon.tsx";
import { type AiRoom, findAiRoom, findOwnAiRoom } from "../ai_room.ts";
import type { AppContext, AppEnv, Parts } from "../context.ts";
import { feltScene } from "../felt_scene.ts";
import { rehearsalFor } from "../rehearsal.ts";
import { me } from "../guard.ts";
import { sharedScene } from "../shared_scene.ts";
import { Page, show } from "./layout.tsx";
import { ownScenes, practisedBy } from "./roleplay.tsx";
import { SceneForm, type SceneValues } from "./scene_form.tsx";
import { sceneData, ScenePage } from "./scene_room.tsx";

/** Making a scene, playing it, changing it. Whose it is not finds nothing. */
export function roleplayRoomPages(parts: Parts): Hono<AppEnv> {
  return new Hono<AppEnv>()
    .get("/roleplay/new", async (c) => {
      if (!c.var.who) return toDoor(c);
      return drawNew(c, parts, await valuesFor(c, parts));
    })
    .get("/roleplay/:id", async (c) => {
      if (!c.var.who) return toDoor(c);
      const { room, scene: found } = await findScene(c, parts);
      const isOwn = room.owner === me(c).id, scene = sceneFor(found, isOwn, parts.hub.apart(me(c).id));
      const memory = isOwn ? await recollectionOf(parts.store, room.id) : nothingYet;
      const data = await sceneData(c, parts, room, { scene, memory });
      const { rooms } = await ownScenes(c, parts, me(c));
      const { roleplay, matching } = c.var.words, rehearsed = c.req.query("with") ?? "";
      const roles = scene.cast?.map(({ name }) => name).join(" / ") ??
        fill(roleplay.roles, { mine: scene.myRole, theirs: scene.aiRole });
      const subtitle = `${roleplay.langs[scene.language]} · ${roles}`;
      return show(
        c,
        <ScenePage
          c={c}
          parts={parts}
          kind="roleplay"
          data={data}
          title={scene.title}
          subtitle={subtitle}
          own={rooms}
        >
          {isDirect(rehearsed) && <a class="btn sm" href={`/chats/${rehearsed}`}>{matching.chats.rehearsal.back}</a>}
          {data.own && (
            <a class="ico" href={`/roleplay/${scene.id}/edit`} aria-label={roleplay.room.edit}>
              <Icon name="gear" />
            </a>
          )}
        </ScenePage>,
      );
    })
    .get("/roleplay/:id/edit", async (c) => drawEdit(c, parts, (await findScene(c, parts, true)).scene));
}

async function findScene(c: AppContext, parts: Parts, own = false): Promise<{ room: AiRoom; scene: Scene }> {
  const room = await (own ? findOwnAiRoom : findAiRoom)(parts, "roleplay", c);
  return { room, scene: await readAiRoom(parts.store, "roleplay", room.id) };
}

/** The form, with what was wrong the last time. */
export function drawNew(c: AppContext, parts: Parts, values: SceneValues, errors: Record<string, string> = {}) {
  const { roleplay } = c.var.words;
  return show(
    c,
    <Page c={c} house={parts} title={roleplay.create} nav="roleplay">
      <div class="page">
        <header class="stack tight">
          <h1>{roleplay.create}</h1>
          <p class="soft">{values.felt ? roleplay.fromBuzz : roleplay.createHow}</p>
        </header>
        <div class="cols">
          <section class="card" aria-label={roleplay.create}>
            <SceneForm c={c} action="/roleplay" values={values} errors={errors} />
          </section>
          <Fill c={c} language={values.language} />
        </div>
      </div>
    </Page>,
  );
}

/** Scenes of the gallery to begin from. */
function Fill({ c, language }: { c: AppContext; language: Lang }) {
  const { words: { roleplay }, lang } = c.var;
  return (
    <nav class="card" aria-labelledby="fill">
      <h2 id="fill">{roleplay.gallery}</h2>
      <ul>
        {Object.entries(scenarios).map(([id, { emoji, tint }]) => {
          const { title, mine, theirs } = scenarioIn(scenarioId(id)!, lang);
          return (
            <li key={id}>
              <a class="item" href={`/roleplay/new?scenario=${id}&in=${language}`}>
                <span class="av sm" data-mood={tint} aria-hidden="true">{emoji}</span>
                <span>
                  <b>{title}</b>
                  <span class="s">{mine} / {theirs}</span>
                </span>
              </a>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}

export function drawEdit(c: AppContext, parts: Parts, scene: Scene, tried?: SceneValues, errors = {}) {
  const { room } = c.var.words.roleplay;
  const values = tried ?? { ...scene, tags: scene.tags.join(", ") };
  const path = `/roleplay/${scene.id}`;
  return show(
    c,
    <Page c={c} house={parts} title={room.edit} nav="roleplay">
      <div class="page narrow">
        <header class="row">
          <a class="ico" href={path} aria-label={scene.title}>
            <Icon name="back" />
          </a>
          <h1 class="grow">{room.edit}</h1>
        </header>
        <section class="card" aria-label={room.edit}>
          <SceneForm c={c} action={`${path}/edit`} values={values} errors={errors} changes />
        </section>
        <form class="card stack tight" method="post" action={`${path}/delete`}>
          <h2>{room.removeAsk}</h2>
          <p class="soft">{room.removeHow}</p>
          <p class="row">
            <a class="btn" href={path}>{room.keep}</a>
            <button type="submit" class="btn harm">{room.remove}</button>
          </p>
        </form>
      </div>
    </Page>,
  );
}

/** What the form opens with: one's own buzz (`from`), a scene of the gallery, or what the link says. */
async function valuesFor(c: AppContext, parts: Parts): Promise<SceneValues> {
  const asked = langs.find((lang) => lang === c.req.query("in"));
  const from = c.req.query("from");
  const felt = from === undefined ? null : await feltScene(parts, c, from);
  if (felt) return await atOwnLevel({ ...felt, language: asked ?? c.var.lang, tags: "", felt: true });
  const rehearsal = await rehearsalFor(parts, c, c.req.query("with") ?? "");
  if (rehearsal) return await atOwnLevel(rehearsal);
  const language = asked ?? practisedBy(c.var.lang);
  const id = scenarioId(c.req.query("scenario"));
  if (id) return scenarioValues(id, language, c.var.lang);
  const { level, ...shared } = sharedScene(c);
  return level ? { ...shared, level, language, tags: "" } : await atOwnLevel({ ...shared, language, tags: "" });

  async function atOwnLevel(values: Omit<SceneValues, "level">): Promise<SceneValues> {
    return { ...values, level: (await ownLevel(parts.store, me(c).id, values.language))?.level ?? "normal" };
  }
}

function toDoor(c: AppContext): Response {
  const { pathname, search } = new URL(c.req.url);
  return c.redirect(`/login?next=${encodeURIComponent(pathname + search)}`, 303);
}

/** A scene of the gallery as a draft: read in one language, played in another. */
export function scenarioValues(id: keyof typeof scenarios, language: Lang, reader: Lang): SceneValues {
  const { title, situation, mine, theirs, goals, tags } = scenarioIn(id, reader);
  return {
    language,
    title,
    situation,
    myRole: mine,
    aiRole: theirs,
    level: scenarios[id].level,
    goals: [...goals],
    tags: tags.join(", "),
    scenario: id,
  };
}

import { Hono } from "hono";
import type { ComponentChildren } from "preact";
import { Rooms } from "../../islands/live/rooms.tsx";
import { accesses, type Glimpse, roomDraft } from "../../domain/room.ts";
import { giveBack, take } from "../../kv/windows.ts";
import { body } from "../body.ts";
import type { AppContext, AppEnv, Parts } from "../context.ts";
import { me, member } from "../guard.ts";
import { Empty, Page, show } from "./layout.tsx";

/** The open rooms, and the form that opens another: a link, a list and a form, also without scripts. */
export function livePages(parts: Parts): Hono<AppEnv> {
  const { rooms, lobby, store, env, now } = parts;
  return new Hono<AppEnv>()
    .get("/live", async (c) => {
      const before = c.req.query("before");
      const { items, next } = await lobby.list(c.var.who, before);
      return show(c, <Lobby c={c} parts={parts} cards={items} next={next} live={before === undefined} />);
    })
    .post("/live", member, body(roomDraft), async (c) => {
      const who = me(c);
      await take(store, "roomsByPerson", who.id, now(), env.rateLimitScale);
      try {
        const room = await rooms.create(c.req.valid("json"), who);
        return c.redirect(`/live/${room.id}`, 303);
      } catch (error) {
        await giveBack(store, "roomsByPerson", who.id, now(), env.rateLimitScale);
        throw error;
      }
    });
}

type LobbyProps = { c: AppContext; parts: Parts; cards: Glimpse[]; next?: string; live: boolean };

/** The first page of the list is kept up to date. */
function Lobby({ c, parts, cards, next, live }: LobbyProps) {
  const { words, lang, who } = c.var;
  const props = { cards, lang, words: words.live };
  return (
    <Page
      c={c}
      house={parts}
      title={words.live.title}
      nav="live"
      scripts={live ? ["lobby.js"] : []}
      data={{ lobby: { ...props, sprite: parts.assets.url("icons.svg") } }}
    >
      <div class="page">
        <header class="stack tight">
          <h1>{words.live.title}</h1>
          <p class="soft">{words.live.lead}</p>
        </header>
        <div class="cols">
          <section class="card" aria-label={words.live.list}>
            <div id="rooms">
              <Rooms {...props} />
            </div>
            {cards.length <= 1 && <Empty title={words.live.empty} text={words.live.emptyHow} />}
            {next && <a class="btn full" href={`/live?before=${next}`}>{words.live.more}</a>}
          </section>
          <section class="card stack tight" aria-labelledby="create">
            <h2 id="create">{words.live.create}</h2>
            {who
              ? <Create words={words.live} />
              : <a class="btn main" href="/login?next=/live">{words.live.createGuest}</a>}
          </section>
        </div>
      </div>
    </Page>
  );
}

function Create({ words }: { words: AppContext["var"]["words"]["live"] }) {
  return (
    <form class="stack tight" method="post" action="/live">
      <p class="s muted">{words.createLead}</p>
      <Field label={words.name} hint={words.nameHint}>
        <input class="input" name="title" maxLength={40} required autoComplete="off" />
      </Field>
      <Field label={words.topic} hint={words.topicHint}>
        <input class="input" name="topic" maxLength={80} autoComplete="off" />
      </Field>
      <fieldset class="stack tight">
        <legend class="label">{words.access}</legend>
        <p class="row">
          {accesses.map((access) => (
            <label key={access} class="chip">
              <input type="radio" name="access" value={access} checked={access === "public"} />
              {words.accesses[access]}
            </label>
          ))}
        </p>
      </fieldset>
      <button type="submit" class="btn main">{words.open}</button>
    </form>
  );
}

function Field({ label, hint, children }: { label: string; hint: string; children: ComponentChildren }) {
  return (
    <label class="stack tight">
      <span class="label">{label}</span>
      {children}
      <span class="s muted">{hint}</span>
    </label>
  );
}

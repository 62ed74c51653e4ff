import { Hono } from "hono";
import { type PairAct, pairDeed, pairDraft, pairMinutes, type PairView } from "../../domain/pair.ts";
import { fill } from "../../domain/words/fill.ts";
import { foreign } from "../../islands/chat/script.ts";
import { otherIn } from "../../realtime/chats.ts";
import { body } from "../body.ts";
import type { AppContext, AppEnv, Parts } from "../context.ts";
import { me, member } from "../guard.ts";
import { findDirect } from "../matching.ts";
import { actIn, pairSeen } from "../pairs.ts";
import { Page, show } from "./layout.tsx";
import { Job } from "./practice.tsx";
import { Languages } from "./scene_form.tsx";

/** The pair interview of a conversation: proposed here, and answered here with what it lets the AI read before the eyes. */
export function pairPages(parts: Parts): Hono<AppEnv> {
  const { pairs } = parts;
  return new Hono<AppEnv>()
    .get("/chats/:id/pair", async (c) => {
      if (!c.var.who) return c.redirect(`/login?next=${encodeURIComponent(c.req.path)}`, 303);
      const room = await findDirect(parts, c), { pair: words } = c.var.words;
      const seen = await pairSeen(parts, c, room), { nickname } = await otherIn(parts.store, room, me(c));
      const path = `/chats/${room.id}`;
      c.header("Cache-Control", "no-store");
      return show(
        c,
        <Page c={c} house={parts} title={words.title} nav="match">
          <div class="page narrow">
            <header class="stack tight">
              <p class="s">
                <a href={path}>{words.back}</a>
              </p>
              <h1>{words.title}</h1>
              <p class="soft">{words.lead}</p>
            </header>
            {isFree(seen) ? <Proposal c={c} path={path} /> : <Standing c={c} path={path} pair={seen} name={nickname} />}
          </div>
        </Page>,
      );
    })
    .post("/chats/:id/pair", member, body(pairDraft), async (c) => {
      const room = await findDirect(parts, c);
      await pairs.propose(room, me(c), c.req.valid("json"));
      return c.redirect(`/chats/${room.id}`, 303);
    })
    .post("/chats/:id/pair/:act", member, body(pairDeed), async (c) => {
      const room = await findDirect(parts, c);
      await pairs.act(room, me(c), actIn(c), c.req.valid("json"));
      return c.redirect(`/chats/${room.id}`, 303);
    });
}

const isFree = (pair: PairView | null): pair is null => !pair || pair.finished;

function Proposal({ c, path }: { c: AppContext; path: string }) {
  const { pair: words } = c.var.words;
  return (
    <form class="card stack" method="post" action={`${path}/pair`}>
      <p class="s soft">{words.how}</p>
      <Languages c={c} chosen="en" />
      <Job c={c} posting={words.posting} how={words.postingHow} />
      <fieldset>
        <legend class="label">{words.minutes}</legend>
        <div class="row">
          {pairMinutes.map((n) => (
            <label key={n} class="chip pick">
              <input type="radio" name="minutes" value={n} checked={n === 10} />
              {fill(words.minutesOf, { n })}
            </label>
          ))}
        </div>
      </fieldset>
      <p class="notice">{words.proposeHow}</p>
      <p class="s">{words.consentReport}</p>
      <p class="s muted">{words.cost}</p>
      <button type="submit" class="btn main">{words.propose}</button>
    </form>
  );
}

type StandingProps = { c: AppContext; path: string; pair: PairView; name: string };

function Standing({ c, path, pair, name }: StandingProps) {
  const { pair: words } = c.var.words;
  if (pair.step !== "proposed") {
    return (
      <section class="card stack">
        <p>{pair.step === "over" ? words.scoring : pair.asking ? words.asking : words.answering}</p>
        <a class="btn main" href={path}>{words.back}</a>
      </section>
    );
  }
  return (
    <section class="card stack" aria-labelledby="standing">
      <h2 id="standing">{pair.mine ? words.waiting : fill(words.asked, { name })}</h2>
      <Facts c={c} pair={pair} />
      {pair.mine
        ? (
          <>
            <p class="s soft">{words.waitingHow}</p>
            <Deed act="withdraw" path={path} pair={pair} label={words.withdraw} />
          </>
        )
        : (
          <>
            <h3>{words.consent}</h3>
            <p class="notice">{words.consentHow}</p>
            <p>{words.consentReport}</p>
            <p class="s muted">{words.cost}</p>
            <div class="row">
              <Deed act="accept" path={path} pair={pair} label={words.accept} main />
              <Deed act="decline" path={path} pair={pair} label={words.decline} />
            </div>
            <p class="s muted">{words.declineHow}</p>
          </>
        )}
    </section>
  );
}

function Facts({ c, pair: { job, posting, language, minutes } }: { c: AppContext; pair: PairView }) {
  const { lang, words: { pair: words, practice, roleplay } } = c.var;
  return (
    <dl class="facts">
      <dt>{words.job}</dt>
      <dd>{practice.jobs[job]}</dd>
      <dt>{roleplay.form.language}</dt>
      <dd>{roleplay.langs[language]}</dd>
      <dt>{words.minutes}</dt>
      <dd>{fill(words.minutesOf, { n: minutes })}</dd>
      {posting && (
        <>
          <dt>{practice.posting}</dt>
          <dd class="said" lang={foreign(posting, lang)}>{posting}</dd>
        </>
      )}
    </dl>
  );
}

type DeedProps = { act: PairAct; path: string; pair: PairView; label: string; main?: boolean };

function Deed({ act, path, pair: { id, step }, label, main }: DeedProps) {
  return (
    <form method="post" action={`${path}/pair/${act}`}>
      <input type="hidden" name="id" value={id} />
      <input type="hidden" name="step" value={step} />
      <button type="submit" class={`btn ${main ? "main" : ""}`}>{label}</button>
    </form>
  );
}

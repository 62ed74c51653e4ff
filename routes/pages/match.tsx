import { Hono } from "hono";
import { Icon } from "../../islands/icon.tsx";
import { type MatchProfile, missingParts, PARTS } from "../../domain/profile.ts";
import { Problem } from "../../domain/problems.ts";
import { fill } from "../../domain/words/fill.ts";
import { findMatchProfile } from "../../kv/profiles.ts";
import { findUser } from "../../kv/users.ts";
import { type ChatEntry, chatsOf } from "../../realtime/chats.ts";
import type { Emptied, Suggestions } from "../../realtime/suggestions.ts";
import type { AppContext, AppEnv, Parts } from "../context.ts";
import { me } from "../guard.ts";
import { greeted } from "../matching.ts";
import { Empty, Page, show } from "./layout.tsx";
import { Conditions, Readables } from "./match_aside.tsx";
import { SuggestionCard, Waiting } from "./match_card.tsx";

const SHOWN = 3;
/** Why this person gets no suggestions by their own doing; null when they do. */
type State = "none" | "unverified" | null;

/** Who might suit me, and why. All of it are links and forms. */
export function matchPages(parts: Parts): Hono<AppEnv> {
  return new Hono<AppEnv>().get("/match", async (c) => {
    if (!c.var.who) return c.redirect("/login?next=/match", 303);
    const view = await load(parts, c);
    const { matching } = c.var.words;
    c.header("Cache-Control", "no-store");
    return show(
      c,
      <Page c={c} house={parts} title={matching.title} nav="match">
        <div class="page">
          <header class="row between">
            <div class="grow">
              <h1>{matching.title}</h1>
              <p class="soft">{matching.lead}</p>
            </div>
            <a class="btn" href="/chats">
              {matching.chats.title}
              {c.var.news ? <span class="badge new num">{c.var.news}</span> : null}
            </a>
          </header>
          <div class="cols">
            <section class="stack" aria-label={matching.suggestions}>
              <Opened c={c} chats={view.chats} />
              <People c={c} parts={parts} view={view} />
              {view.waiting.length > 0 && <Waiting c={c} people={view.waiting} />}
            </section>
            <section class="stack" aria-label={matching.settings}>
              {view.profile && <Completeness c={c} profile={view.profile} />}
              {view.profile && <Readables c={c} profile={view.profile} />}
              {view.profile && <Conditions c={c} profile={view.profile} />}
            </section>
          </div>
        </div>
      </Page>,
    );
  });
}

type View = {
  profile: MatchProfile | null;
  state: State;
  suggestions: Suggestions;
  chats: ChatEntry[];
  waiting: { id: string; nickname: string }[];
};

async function load(parts: Parts, c: AppContext): Promise<View> {
  const { store, matching: { suggest } } = parts, { id } = me(c);
  const [user, profile, chats, waiting] = await Promise.all([
    findUser(store, id),
    findMatchProfile(store, id),
    chatsOf(parts, me(c)),
    greeted(parts, id),
  ]);
  const state: State = !profile ? "none" : user?.emailVerifiedAt === undefined ? "unverified" : null;
  const suggestions = state ? { items: [] } : await suggest.forPerson(id, { limit: SHOWN, lang: c.var.lang });
  return { profile, state, suggestions, chats, waiting };
}

/** Conversations that opened and in which nobody has said anything yet. */
function Opened({ c, chats }: { c: AppContext; chats: ChatEntry[] }) {
  const { matching } = c.var.words;
  return (
    <>
      {chats.filter(({ last, open }) => open && !last).map(({ room, person }) => (
        <p key={room} class="notice">
          <Icon name="match" />
          <span>
            {fill(matching.matched, { name: person.nickname })} <a href={`/chats/${room}`}>{matching.open}</a>
          </span>
        </p>
      ))}
    </>
  );
}

function People({ c, parts, view: { state, profile, suggestions } }: { c: AppContext; parts: Parts; view: View }) {
  const { matching } = c.var.words;
  if (state) {
    return (
      <section class="card">
        <Empty title={matching.state[state]} heading="h2">
          <a class="btn main" href={state === "none" ? "/match/profile" : "/mypage"}>
            {state === "none" ? matching.state.fill : c.var.words.my.title}
          </a>
        </Empty>
      </section>
    );
  }
  if (!profile) throw new Problem("no_profile");
  return (
    <>
      {profile.visibility === "hidden" && <p class="notice warn">{matching.state.hidden}</p>}
      {suggestions.items.map((one) => (
        <SuggestionCard key={one.person.id} c={c} one={one} zone={parts.env.letterTimeZone} />
      ))}
      {suggestions.items.length > 0 && parts.model.name === null && <p class="s muted">{matching.offline}</p>}
      {suggestions.emptied && <Nobody c={c} emptied={suggestions.emptied} />}
    </>
  );
}

function Nobody({ c, emptied: { filter, without } }: { c: AppContext; emptied: Emptied }) {
  const { none, state } = c.var.words.matching;
  const because = filter === "paused" ? state.paused : none[filter];
  return (
    <section class="card" id="nobody">
      <Empty title={none.title} text={because}>
        {without > 0 && <p>{fill(none.without, { n: without })}</p>}
        {filter !== "nobody" && filter !== "met" && <a class="btn" href="/match/profile#conditions">{none.change}</a>}
      </Empty>
    </section>
  );
}

function Completeness({ c, profile }: { c: AppContext; profile: MatchProfile }) {
  const { profile: words, state } = c.var.words.matching;
  const missing = missingParts(profile);
  return (
    <section class="card stack tight" aria-labelledby="complete">
      <h2 id="complete">{words.title}</h2>
      <p>{fill(words.complete, { n: PARTS - missing.length, all: PARTS })}</p>
      {missing[0] && <p class="s soft">{words.missing[missing[0]]}</p>}
      <a class="btn sm" href="/match/profile">{state.edit}</a>
    </section>
  );
}

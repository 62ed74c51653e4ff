import { Hono } from "hono";
import { jobs } from "../../domain/practice.ts";
import { ownAiRooms } from "../../kv/ai_rooms.ts";
import { levelCheckOf } from "../../kv/level_checks.ts";
import type { AppContext, AppEnv, Parts } from "../context.ts";
import { OwnLevels } from "./level_check.tsx";
import { Page, show } from "./layout.tsx";
import { type OwnRoom, OwnRooms, practiceCard } from "./own_rooms.tsx";
import { PracticeTabs } from "./practice_tabs.tsx";
import { QuotaBox } from "./quota.tsx";
import { Languages } from "./scene_form.tsx";

type Own = { rooms: OwnRoom[]; next?: string };
const SHOWN = 8;
/** English first: it is what most practise. */
const practised = ["en", "ja", "ko"] as const;

/** Conversations and interviews: what is left today, one's own, and the forms that start one. */
export function practicePages(parts: Parts): Hono<AppEnv> {
  return new Hono<AppEnv>().get("/practice", async (c) => {
    const { practice } = c.var.words;
    const { who } = c.var;
    const quota = who && await parts.quotas.look("practice", who.id);
    const own = who && await ownPractices(c, parts, who.id, c.req.query("before"));
    const checks = who && await Promise.all(practised.map((lang) => levelCheckOf(parts.store, who.id, lang)));
    return show(
      c,
      <Page c={c} house={parts} title={practice.title} nav="practice">
        <div class="page">
          <header class="stack tight">
            <h1>{practice.title}</h1>
            <p class="soft">{practice.lead}</p>
          </header>
          <PracticeTabs c={c} here="practice" />
          {quota && <QuotaBox c={c} quota={quota} />}
          <div class="cols even" id="start">
            <Talk c={c} />
            <Interview c={c} />
          </div>
          {checks && <OwnLevels c={c} checks={checks} />}
          {own && <Mine c={c} own={own} />}
        </div>
      </Page>,
    );
  });
}

export async function ownPractices(
  c: AppContext,
  { store, log }: Pick<Parts, "store" | "log">,
  who: string,
  before?: string,
): Promise<Own> {
  const { items, next } = await ownAiRooms(store, "practice", who, { before, limit: SHOWN });
  return { rooms: await Promise.all(items.map((one) => practiceCard(c, { log }, one))), next };
}

function Talk({ c }: { c: AppContext }) {
  const { practice } = c.var.words;
  return (
    <form class="card stack" method="post" action="/practice" aria-labelledby="talk">
      <input type="hidden" name="mode" value="conversation" />
      <div class="stack tight">
        <h2 id="talk">{practice.startTalk}</h2>
        <p class="s soft">{practice.startTalkHow}</p>
      </div>
      <Languages c={c} chosen="en" id="talk" />
      <label>
        <span class="label">{practice.topic}</span>
        <input class="input" name="topic" maxLength={120} autoComplete="off" />
        <span class="s muted block">{practice.topicHow}</span>
      </label>
      <Strictness c={c} />
      <Start c={c} label={practice.startTalk} />
    </form>
  );
}

function Interview({ c }: { c: AppContext }) {
  const { practice } = c.var.words;
  return (
    <form class="card stack" method="post" action="/practice" aria-labelledby="interview">
      <input type="hidden" name="mode" value="interview" />
      <div class="stack tight">
        <h2 id="interview">{practice.startInterview}</h2>
        <p class="s soft">{practice.startInterviewHow}</p>
      </div>
      <Languages c={c} chosen="en" id="interview" />
      <Job c={c} posting={practice.posting} how={practice.postingHow} />
      <Strictness c={c} />
      <Start c={c} label={practice.startInterview} />
    </form>
  );
}

/** What an interview is for: a kind of job, or the text of one. */
export function Job({ c, posting, how }: { c: AppContext; posting: string; how: string }) {
  const { practice } = c.var.words;
  return (
    <>
      <fieldset>
        <legend class="label">{practice.job}</legend>
        <div class="row">
          {jobs.map((job) => (
            <label key={job} class="chip pick">
              <input type="radio" name="job" value={job} checked={job === "general"} />
              {practice.jobs[job]}
            </label>
          ))}
        </div>
      </fieldset>
      <label>
        <span class="label">{posting}</span>
        <textarea class="input" name="posting" rows={3} maxLength={6_000} />
        <span class="s muted block">{how}</span>
      </label>
    </>
  );
}

/** How strictly sentences are put right. */
function Strictness({ c }: { c: AppContext }) {
  const { practice } = c.var.words;
  return (
    <fieldset>
      <legend class="label">{practice.corrections}</legend>
      <div class="row">
        {(["off", "light", "strict"] as const).map((level) => (
          <label key={level} class="chip pick">
            <input type="radio" name="corrections" value={level} checked={level === "light"} />
            {practice.correctionLevels[level]}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function Start({ c, label }: { c: AppContext; label: string }) {
  return c.var.who
    ? <button type="submit" class="btn main">{label}</button>
    : <a class="btn main" href="/login?next=/practice">{c.var.words.practice.startGuest}</a>;
}

function Mine({ c, own: { rooms, next } }: { c: AppContext; own: Own }) {
  const { practice, roleplay } = c.var.words;
  return (
    <section class="card" id="mine" aria-labelledby="mine-title">
      <h2 id="mine-title">{practice.mine}</h2>
      {rooms.length === 0 && <p class="s soft">{practice.mineNone}</p>}
      <OwnRooms c={c} rooms={rooms} icon="practice" />
      {next && <a class="btn quiet sm" href={`/practice?before=${next}#mine`}>{roleplay.older}</a>}
    </section>
  );
}

import { Hono } from "hono";
import { fill } from "../../domain/words/fill.ts";
import { momentIn } from "../../domain/words/dates.ts";
import { exportOf } from "../../kv/exports.ts";
import type { AppContext, AppEnv, Parts } from "../context.ts";
import { told } from "../exports.ts";
import { me, member } from "../guard.ts";
import { requireStepUp } from "../step_up.ts";
import { Page, show } from "./layout.tsx";
import type { OpenSection } from "./settings_section.ts";

const ID = "export";

/** How far my export is, and its links. It is begun on a page of its own, behind the password. */
export const exportSection: OpenSection = (parts) => ({
  id: ID,
  async draw({ c }) {
    const job = await exportOf(parts.store, me(c).id, parts.now());
    return <Export key={ID} c={c} job={job && told(job)} zone={parts.env.letterTimeZone} />;
  },
  forms: () =>
    new Hono<AppEnv>()
      .get("/settings/export", member, requireStepUp(parts), (c) => show(c, <Begin c={c} parts={parts} />))
      .post("/settings/export", member, requireStepUp(parts), async (c) => {
        await parts.exports.start(me(c).id);
        return c.redirect(`/settings#${ID}`, 303);
      }),
});

type Props = { c: AppContext; job: ReturnType<typeof told> | null; zone: string };

function Export({ c, job, zone }: Props) {
  const { lang, words: { privacy: { file: words } } } = c.var;
  const isUsed = job?.state === "ready" && !job.links.json && !job.links.html;
  return (
    <section class="card stack" id={ID} aria-labelledby={`${ID}-title`}>
      <h2 id={`${ID}-title`}>{words.title}</h2>
      <p class="s soft">{words.lead}</p>
      {job?.state === "making" && (
        <>
          <label class="stack tight">
            <span class="s">{words.making}</span>
            <progress max={100} value={job.percent}>{job.percent}%</progress>
          </label>
          <a class="btn" href={`/settings#${ID}`}>{words.look}</a>
        </>
      )}
      {job?.state === "ready" && (
        <p class="s" role="status">
          {isUsed ? words.used : fill(words.ready, { date: momentIn(job.expiresAt, zone, lang) })}
        </p>
      )}
      {job && !isUsed && job.state === "ready" && (
        <p class="row">
          {job.links.json && <a class="btn main" href={job.links.json} download>{words.json}</a>}
          {job.links.html && <a class="btn main" href={job.links.html} download>{words.html}</a>}
        </p>
      )}
      {job?.state !== "making" && <a class="btn" href="/settings/export">{job ? words.again : words.make}</a>}
    </section>
  );
}

function Begin({ c, parts }: { c: AppContext; parts: Parts }) {
  const { file: words } = c.var.words.privacy;
  return (
    <Page c={c} house={parts} title={words.title} nav="mypage" main="page">
      <section class="card stack narrow">
        <h1>{words.title}</h1>
        <p>{words.lead}</p>
        <form class="stack" method="post" action="/settings/export">
          <button type="submit" class="btn main full">{words.make}</button>
        </form>
        <a class="btn" href={`/settings#${ID}`}>{c.var.words.account.title}</a>
      </section>
    </Page>
  );
}

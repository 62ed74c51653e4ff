import { Hono } from "hono";
import { z } from "zod";
import { type Consent, type Sent, surfaces } from "../../domain/consent.ts";
import { momentIn } from "../../domain/words/dates.ts";
import { changeConsent, consentOf, sentPage } from "../../kv/consents.ts";
import { body } from "../body.ts";
import type { AppContext, AppEnv } from "../context.ts";
import { me, member } from "../guard.ts";
import { doneAt, isDone, type OpenSection } from "./settings_section.ts";

const ID = "consent";
const SHOWN = 20;
/** A browser leaves out what is switched off. */
const form = z.record(z.string(), z.unknown());

/** What a model may read, and what was sent to it. */
export const consentSection: OpenSection = ({ store, env }) => ({
  id: ID,
  async draw({ c }) {
    const shown = Math.min(Number(c.req.query("sent")) || SHOWN, 1_000);
    const [consent, log] = await Promise.all([consentOf(store, me(c).id), sentPage(store, me(c).id, 1, shown)]);
    return <Choices key={ID} c={c} consent={consent} log={log} shown={shown} zone={env.letterTimeZone} />;
  },
  forms: () =>
    new Hono<AppEnv>().post("/settings/consent", member, body(form), async (c) => {
      const sent = c.req.valid("json");
      const chosen = Object.fromEntries(surfaces.map((surface) => [surface, sent[surface] !== undefined])) as Consent;
      await changeConsent(store, me(c).id, chosen);
      return c.redirect(doneAt(ID), 303);
    }),
});

type Log = { items: Sent[]; more: boolean };
type Props = { c: AppContext; consent: Consent; log: Log; shown: number; zone: string };

function Choices({ c, consent, log, shown, zone }: Props) {
  const { consent: words } = c.var.words.privacy;
  return (
    <section class="card stack" id={ID} aria-labelledby={`${ID}-title`}>
      <h2 id={`${ID}-title`}>{words.title}</h2>
      {isDone(c, ID) && <p class="s ok" role="status">{words.saved}</p>}
      <p class="s soft">{words.lead}</p>
      <form class="stack" method="post" action="/settings/consent">
        <ul class="stack tight">
          {surfaces.map((surface) => (
            <li key={surface}>
              <label class="row switch choice">
                <span class="grow">
                  {words.surfaces[surface]}
                  <span class="s soft">{words.hints[surface]}</span>
                </span>
                <input type="checkbox" role="switch" name={surface} value="on" checked={consent[surface]} />
              </label>
            </li>
          ))}
        </ul>
        <p class="s soft">{words.order}</p>
        <button type="submit" class="btn main">{words.save}</button>
      </form>
      <details open={shown > SHOWN}>
        <summary>{words.log}</summary>
        <div class="stack tight">
          <p class="s soft">{words.logLead}</p>
          {log.items.length ? <SentLog c={c} items={log.items} zone={zone} /> : <p class="s soft">{words.logNone}</p>}
          {log.more && <a class="btn sm" href={`/settings?sent=${shown * 3}#${ID}`}>{words.more}</a>}
        </div>
      </details>
    </section>
  );
}

function SentLog({ c, items, zone }: { c: AppContext; items: Sent[]; zone: string }) {
  const { consent: words } = c.var.words.privacy;
  return (
    <div class="scroll" role="region" tabIndex={0} aria-label={words.log}>
      <table>
        <thead>
          <tr>
            {[words.when, words.task, words.surface, words.count].map((name) => <th key={name} scope="col">{name}</th>)}
          </tr>
        </thead>
        <tbody>
          {items.map(({ at, task, surface, messages }) => (
            <tr key={`${at}${task}${surface}`}>
              <td>{momentIn(at, zone, c.var.lang)}</td>
              <td>{words.tasks[task]}</td>
              <td>{words.surfaces[surface]}</td>
              <td>{messages}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

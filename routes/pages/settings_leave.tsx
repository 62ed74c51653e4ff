import { Hono } from "hono";
import { z } from "zod";
import { fill } from "../../domain/words/fill.ts";
import { momentIn } from "../../domain/words/dates.ts";
import type { LeavingRecord } from "../../kv/keys.ts";
import { askToLeave, leavingOf, stay } from "../../kv/leavings.ts";
import { body } from "../body.ts";
import type { AppContext, AppEnv, Parts } from "../context.ts";
import { me, member } from "../guard.ts";
import { requireStepUp } from "../step_up.ts";
import { attempt, type Tried } from "./attempt.ts";
import { Page, show } from "./layout.tsx";
import { Refused } from "./refused.tsx";
import { doneAt, isDone, type OpenSection } from "./settings_section.ts";

const ID = "leave";
const form = z.object({ messages: z.enum(["keep", "remove"]).catch("keep") });

/** Deleting my account, on a page of its own behind the password; and changing my mind. */
export const leaveSection: OpenSection = (parts) => ({
  id: ID,
  async draw({ c }) {
    const leaving = await leavingOf(parts.store, me(c).id);
    return <Leave key={ID} c={c} leaving={leaving} zone={parts.env.letterTimeZone} />;
  },
  forms: () =>
    new Hono<AppEnv>()
      .get("/settings/leave", member, requireStepUp(parts), (c) => show(c, <Decide c={c} parts={parts} />))
      .post("/settings/leave", member, requireStepUp(parts), body(form), (c) => {
        const { messages } = c.req.valid("json");
        return attempt(c, {}, async () => {
          await askToLeave(parts.store, me(c).id, messages, c.var.lang, parts.now());
          return c.redirect(`/settings#${ID}`, 303);
        }, (tried) => show(c, <Decide c={c} parts={parts} tried={tried} />));
      })
      .post("/settings/leave/stay", member, async (c) => {
        await stay(parts.store, me(c).id, parts.now());
        return c.redirect(doneAt(ID), 303);
      }),
});

function Leave({ c, leaving, zone }: { c: AppContext; leaving: LeavingRecord | null; zone: string }) {
  const { lang, words: { privacy: { leave: words } } } = c.var;
  return (
    <section class="card stack" id={ID} aria-labelledby={`${ID}-title`}>
      <h2 id={`${ID}-title`}>{words.title}</h2>
      {isDone(c, ID) && <p class="s ok" role="status">{words.stayed}</p>}
      {leaving
        ? (
          <form class="stack" method="post" action="/settings/leave/stay">
            <p role="status">{fill(words.waiting, { date: momentIn(leaving.dueAt, zone, lang) })}</p>
            <button type="submit" class="btn main full">{words.stay}</button>
          </form>
        )
        : (
          <>
            <p class="s soft">{words.lead}</p>
            <a class="btn harm" href="/settings/leave">{words.go}</a>
          </>
        )}
    </section>
  );
}

function Decide({ c, parts, tried }: { c: AppContext; parts: Parts; tried?: Tried }) {
  const { leave: words } = c.var.words.privacy;
  return (
    <Page c={c} house={parts} title={words.title} nav="mypage" main="page">
      <section class="card stack narrow">
        <h1>{words.title}</h1>
        <p>{words.lead}</p>
        <form class="stack" method="post" action="/settings/leave">
          <Refused tried={tried} />
          <fieldset class="stack tight">
            <legend class="label">{words.messages}</legend>
            {(["keep", "remove"] as const).map((choice) => (
              <label key={choice} class="row choice">
                <input type="radio" name="messages" value={choice} checked={choice === "keep"} />
                <span class="grow">
                  {words[choice]}
                  <span class="s soft">{words[`${choice}How`]}</span>
                </span>
              </label>
            ))}
          </fieldset>
          <a class="btn main full" href={`/settings#${ID}`}>{words.stay}</a>
          <button type="submit" class="btn harm full">{words.go}</button>
        </form>
      </section>
    </Page>
  );
}

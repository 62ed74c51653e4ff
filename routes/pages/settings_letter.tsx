import { Hono } from "hono";
import { type LetterChoice, letterWish, MINUTE, rhythms } from "../../domain/letter_mail.ts";
import { fill } from "../../domain/words/fill.ts";
import { verifiedAddress } from "../../kv/addresses.ts";
import { letterChoice, stopLetter } from "../../kv/letter_readers.ts";
import { body } from "../body.ts";
import type { AppContext, AppEnv } from "../context.ts";
import { me, member } from "../guard.ts";
import { wishLetter } from "../letter_mail.ts";
import { attempt } from "./attempt.ts";
import { Refused } from "./refused.tsx";
import { doneAt, isDone, type OpenSection, type Shown } from "./settings_section.ts";

const ID = "letter";

/** The letter by mail: whether, how often, and when. */
export const letterSection: OpenSection = (parts) => ({
  id: ID,
  draw: async (shown) => (
    <Letter
      key={ID}
      {...shown}
      choice={await letterChoice(parts.store, shown.user.id)}
      zone={parts.env.letterTimeZone}
    />
  ),
  forms: (again) =>
    new Hono<AppEnv>()
      .post("/settings/letter", member, body(letterWish), (c) => {
        const wish = c.req.valid("json");
        return attempt(c, wish, async () => {
          await wishLetter(parts, me(c).id, wish, c.var.lang);
          return c.redirect(doneAt(ID), 303);
        }, (tried) => again(c, tried));
      })
      .post("/settings/letter/stop", member, async (c) => {
        await stopLetter(parts.store, me(c).id);
        return c.redirect(doneAt(ID), 303);
      }),
});

type Props = Shown & { choice: LetterChoice | null; zone: string };

function Letter({ c, user, choice, zone, tried }: Props) {
  const { letter: words } = c.var.words.account;
  const address = verifiedAddress(user);
  const state = !choice ? words.off : choice.confirmed ? words.on : words.waiting;
  return (
    <section class="card stack" id={ID} aria-labelledby={`${ID}-title`}>
      <h2 id={`${ID}-title`}>{words.title}</h2>
      <p class="soft">{words.lead}</p>
      {isDone(c, ID) && <p class="s ok" role="status">{words.done}</p>}
      {!address ? <p>{words.needsAddress}</p> : (
        <>
          <p>{fill(state, { address })}</p>
          <form class="stack" method="post" action="/settings/letter">
            <Refused tried={tried} />
            <Rhythm c={c} chosen={choice?.rhythm ?? "daily"} />
            <Hour c={c} chosen={choice?.hour ?? 9} zone={zone} />
            <button type="submit" class="btn main">{choice ? words.save : words.start}</button>
          </form>
          {choice && (
            <form method="post" action="/settings/letter/stop">
              <button type="submit" class="btn quiet full">{words.stop}</button>
            </form>
          )}
        </>
      )}
    </section>
  );
}

function Rhythm({ c, chosen }: { c: AppContext; chosen: string }) {
  const { letter: words } = c.var.words.account;
  return (
    <fieldset>
      <legend class="label">{words.rhythm}</legend>
      <div class="row">
        {rhythms.map((rhythm) => (
          <label key={rhythm} class="chip pick">
            <input type="radio" name="rhythm" value={rhythm} checked={rhythm === chosen} />
            {words.rhythms[rhythm]}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function Hour({ c, chosen, zone }: { c: AppContext; chosen: number; zone: string }) {
  const { letter: words } = c.var.words.account;
  return (
    <div>
      <label class="label" for="hour">{words.hour}</label>
      <select class="input" id="hour" name="hour" aria-describedby="hour-h">
        {Array.from({ length: 24 }, (_, hour) => (
          <option key={hour} value={hour} selected={hour === chosen}>
            {`${String(hour).padStart(2, "0")}:${MINUTE}`}
          </option>
        ))}
      </select>
      <p class="s muted" id="hour-h">{fill(words.hourHint, { zone })}</p>
    </div>
  );
}

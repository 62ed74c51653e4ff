import { Hono } from "hono";
import { z } from "zod";
import { passwordChange } from "../../domain/account.ts";
import { fill } from "../../domain/words/fill.ts";
import { body, checked } from "../body.ts";
import type { AppEnv } from "../context.ts";
import { me, member } from "../guard.ts";
import { changePassword, mayProve } from "../passwords.ts";
import { attempt } from "./attempt.ts";
import { Field } from "./door_form.tsx";
import { Refused } from "./refused.tsx";
import { SeenAgain } from "./seen_again.tsx";
import { doneAt, isDone, type OpenSection, type Shown } from "./settings_section.ts";

const ID = "new-password";
const text = z.string().catch("");
const form = z.object({ current: z.string().optional().catch(undefined), next: text });

/** The password; setting it ends all other logins. */
export const passwordSection: OpenSection = (parts) => ({
  id: ID,
  async draw(shown) {
    const mayChange = await mayProve(parts, me(shown.c), shown.user);
    return <Password key={ID} {...shown} mayChange={mayChange} />;
  },
  forms: (again) =>
    new Hono<AppEnv>().post("/settings/password", member, body(form), (c) => {
      const sent = c.req.valid("json");
      return attempt(c, {}, async () => {
        await changePassword(parts, me(c), checked(passwordChange, sent), c.var.lang);
        return c.redirect(doneAt(ID), 303);
      }, (tried) => again(c, tried));
    }),
});

function Password({ c, user, tried, mayChange }: Shown & { mayChange: boolean }) {
  const { password: words } = c.var.words.account;
  const has = user.passwordHash !== undefined;
  return (
    <section class="card stack" id={ID} aria-labelledby={`${ID}-title`}>
      <h2 id={`${ID}-title`}>{words.title}</h2>
      {isDone(c, ID) && <p class="s ok" role="status">{words.done}</p>}
      <p class="soft">{has ? words.lead : fill(words.none, { username: user.username })}</p>
      <Refused tried={tried} />
      {mayChange
        ? (
          <form class="stack" method="post" action="/settings/password">
            {has && (
              <Field
                name="current"
                label={words.current}
                error={tried?.fields.current}
                autofocus={tried !== undefined && !tried.fields.next}
                input={{ type: "password", autocomplete: "current-password" }}
              />
            )}
            <Field
              name="next"
              label={words.next}
              hint={c.var.words.door.passwordHint}
              error={tried?.fields.next}
              autofocus={tried?.fields.next !== undefined}
              input={{ type: "password", autocomplete: "new-password" }}
            />
            <button type="submit" class="btn main">{has ? words.change : words.set}</button>
          </form>
        )
        : <SeenAgain c={c} id={ID} />}
    </section>
  );
}

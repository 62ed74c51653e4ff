import { Hono } from "hono";
import { z } from "zod";
import { passwordChange } from "../../domain/account.ts";
import { body, checked } from "../body.ts";
import type { AppEnv } from "../context.ts";
import { me, member } from "../guard.ts";
import { changePassword } from "../passwords.ts";
import { attempt } from "./attempt.ts";
import { Field } from "./door_form.tsx";
import { Refused } from "./refused.tsx";
import { doneAt, isDone, type OpenSection, type Shown } from "./settings_section.ts";

const ID = "password";
const text = z.string().catch("");
const form = z.object({ current: text, next: text });

export const passwordSection: OpenSection = (parts) => ({
  id: ID,
  draw: (shown) => <Password key={ID} {...shown} />,
  forms: (again) =>
    new Hono<AppEnv>().post("/settings/password", member, body(form), (c) => {
      const sent = c.req.valid("json");
      return attempt(c, {}, async () => {
        await changePassword(parts, me(c), checked(passwordChange, sent), c.var.lang);
        return c.redirect(doneAt(ID), 303);
      }, (tried) => again(c, tried));
    }),
});

function Password({ c, user, tried }: Shown) {
  const { password: words } = c.var.words.account;
  return (
    <section class="card stack" id={ID} aria-labelledby={`${ID}-title`}>
      <h2 id={`${ID}-title`}>{words.title}</h2>
      {isDone(c, ID) && <p class="s ok" role="status">{words.done}</p>}
      {user.passwordHash === undefined
        ? <p class="soft">{words.none}</p>
        : (
          <form class="stack" method="post" action="/settings/password">
            <p class="soft">{words.lead}</p>
            <Refused tried={tried} />
            <Field
              name="current"
              label={words.current}
              error={tried?.fields.current}
              autofocus={tried !== undefined && !tried.fields.next}
              input={{ type: "password", autocomplete: "current-password" }}
            />
            <Field
              name="next"
              label={words.next}
              hint={c.var.words.door.passwordHint}
              error={tried?.fields.next}
              autofocus={tried?.fields.next !== undefined}
              input={{ type: "password", autocomplete: "new-password" }}
            />
            <button type="submit" class="btn main">{words.change}</button>
          </form>
        )}
    </section>
  );
}

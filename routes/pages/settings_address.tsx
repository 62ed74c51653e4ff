import { Hono } from "hono";
import { z } from "zod";
import { addressChange } from "../../domain/account.ts";
import { fill } from "../../domain/words/fill.ts";
import { verifiedAddress, wanted } from "../../kv/addresses.ts";
import type { User } from "../../kv/keys.ts";
import { askAddress, askAgain } from "../addresses.ts";
import { body, checked } from "../body.ts";
import type { AppContext, AppEnv } from "../context.ts";
import { me, member } from "../guard.ts";
import { mayProve } from "../passwords.ts";
import { attempt } from "./attempt.ts";
import { Field } from "./door_form.tsx";
import { Refused } from "./refused.tsx";
import { SeenAgain } from "./seen_again.tsx";
import { doneAt, isDone, type OpenSection, type Shown } from "./settings_section.ts";

const ID = "address";
const text = z.string().catch("");
const form = z.object({ email: text, password: z.string().optional().catch(undefined) });

/** The mail address, and whether it is verified. */
export const addressSection: OpenSection = (parts) => ({
  id: ID,
  async draw(shown) {
    const mayChange = await mayProve(parts, me(shown.c), shown.user);
    return <Address key={ID} {...shown} mayChange={mayChange} />;
  },
  forms: (again) =>
    new Hono<AppEnv>()
      .post("/settings/address", member, body(form), (c) => {
        const sent = c.req.valid("json");
        return attempt(c, { email: sent.email }, async () => {
          await askAddress(parts, me(c), checked(addressChange, sent), c.var.lang);
          return c.redirect(doneAt(ID), 303);
        }, (tried) => again(c, tried));
      })
      .post("/settings/address/again", member, (c) =>
        attempt(c, {}, async () => {
          await askAgain(parts, me(c).id, c.var.lang);
          return c.redirect(doneAt(ID), 303);
        }, (tried) => again(c, tried))),
});

function Address({ c, user, tried, mayChange }: Shown & { mayChange: boolean }) {
  const { address: words } = c.var.words.account;
  return (
    <section class="card stack" id={ID} aria-labelledby={`${ID}-title`}>
      <h2 id={`${ID}-title`}>{words.title}</h2>
      <p class="soft">{words.lead}</p>
      {isDone(c, ID) && <p class="s ok" role="status">{words.sent}</p>}
      <State c={c} user={user} />
      <Refused tried={tried} />
      {mayChange
        ? (
          <form class="stack" method="post" action="/settings/address">
            <Field
              name="email"
              label={words.field}
              error={tried?.fields.email}
              autofocus={tried?.fields.email !== undefined}
              input={{
                type: "email",
                value: String(tried?.sent.email ?? ""),
                autocomplete: "email",
                maxlength: 254,
              }}
            />
            {user.passwordHash && (
              <Field
                name="password"
                label={words.password}
                hint={words.passwordHint}
                error={tried?.fields.password}
                autofocus={tried !== undefined && !tried.fields.email}
                input={{ type: "password", autocomplete: "current-password" }}
              />
            )}
            <button type="submit" class="btn">{words.change}</button>
          </form>
        )
        : <SeenAgain c={c} id={ID} />}
    </section>
  );
}

function State({ c, user }: { c: AppContext; user: User }) {
  const { address: words } = c.var.words.account;
  const waiting = wanted(user), verified = verifiedAddress(user);
  if (!user.email) return <p>{words.none}</p>;
  return (
    <>
      <p class="row">
        <b>{user.email}</b>
        <span class={`badge ${verified ? "ok" : ""}`}>{verified ? words.verified : words.unverified}</span>
      </p>
      {waiting && (
        <form class="stack tight" method="post" action="/settings/address/again">
          <p>{fill(verified ? words.waiting : words.waitingFirst, { address: waiting })}</p>
          <button type="submit" class="btn sm">{words.again}</button>
        </form>
      )}
    </>
  );
}

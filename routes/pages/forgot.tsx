import { Hono } from "hono";
import { z } from "zod";
import { forgotten, reset } from "../../domain/account.ts";
import { body, checked } from "../body.ts";
import type { AppContext, AppEnv, Parts } from "../context.ts";
import { clientAddress } from "../guard.ts";
import { askReset, resetPassword } from "../passwords.ts";
import { attempt, type Tried } from "./attempt.ts";
import { Field } from "./door_form.tsx";
import { Expired } from "./expired.tsx";
import { show } from "./layout.tsx";
import { Refused } from "./refused.tsx";
import { SideDoor } from "./side_door.tsx";

const text = z.string().catch("");

/** `/forgot` asks for the mail, `/reset` is where it leads. */
export function forgotPages(parts: Parts): Hono<AppEnv> {
  const from = (c: AppContext) => clientAddress(c, parts.env.trustProxy);

  function askPage(c: AppContext, tried?: Tried) {
    const { forgot } = c.var.words.account;
    const sent = c.req.query("sent") !== undefined;
    return show(
      c,
      <SideDoor c={c} parts={parts} title={sent ? forgot.sentTitle : forgot.title}>
        {sent ? <Sent c={c} /> : <AskForm c={c} tried={tried} />}
        <a class="btn quiet full" href="/login">{forgot.back}</a>
      </SideDoor>,
    );
  }

  function resetPage(c: AppContext, tried?: Tried) {
    const { reset: words, forgot } = c.var.words.account;
    const done = c.req.query("done") !== undefined;
    c.header("Cache-Control", "no-store");
    return show(
      c,
      <SideDoor c={c} parts={parts} title={done ? words.doneTitle : words.title}>
        <p class="soft">{done ? words.done : words.lead}</p>
        {!done && <ResetForm c={c} tried={tried} />}
        {done && <a class="btn main full" href="/login">{forgot.back}</a>}
      </SideDoor>,
    );
  }

  return new Hono<AppEnv>()
    .get("/forgot", (c) => askPage(c))
    .post("/forgot", body(z.object({ who: text })), (c) => {
      const sent = c.req.valid("json");
      return attempt(c, sent, async () => {
        await askReset(parts, checked(forgotten, sent).who, c.var.lang, from(c));
        return c.redirect("/forgot?sent=1", 303);
      }, (tried) => askPage(c, tried));
    })
    .get("/reset", (c) => resetPage(c))
    .post("/reset", body(z.object({ password: text })), (c) => {
      const sent = { token: c.req.query("token") ?? "", password: c.req.valid("json").password };
      return attempt(c, {}, async () => {
        await resetPassword(parts, checked(reset, sent), c.var.lang, from(c));
        return c.redirect("/reset?done=1", 303);
      }, (tried) => {
        if (tried.code !== "token_over") return resetPage(c, tried);
        return show(c, <Expired c={c} parts={parts} tried={tried} again="/forgot" />);
      });
    });
}

function Sent({ c }: { c: AppContext }) {
  const { forgot } = c.var.words.account;
  return (
    <>
      <p role="status">{forgot.sent}</p>
      <p class="soft">{forgot.sentHow}</p>
    </>
  );
}

function AskForm({ c, tried }: { c: AppContext; tried?: Tried }) {
  const { forgot } = c.var.words.account;
  return (
    <form class="stack" method="post" action="/forgot">
      <p class="soft">{forgot.lead}</p>
      <Refused tried={tried} />
      <Field
        name="who"
        label={forgot.field}
        error={tried?.fields.who}
        autofocus={tried !== undefined}
        input={{
          value: String(tried?.sent.who ?? ""),
          autocomplete: "username",
          autocapitalize: "none",
          spellcheck: false,
        }}
      />
      <button type="submit" class="btn main full">{forgot.send}</button>
    </form>
  );
}

function ResetForm({ c, tried }: { c: AppContext; tried?: Tried }) {
  const { account: { reset: words }, door } = c.var.words;
  return (
    <form class="stack" method="post" action={`/reset${new URL(c.req.url).search}`}>
      <Refused tried={tried} />
      <Field
        name="password"
        label={words.field}
        hint={door.passwordHint}
        error={tried?.fields.password}
        autofocus={tried !== undefined}
        input={{ type: "password", autocomplete: "new-password" }}
      />
      <button type="submit" class="btn main full">{words.save}</button>
    </form>
  );
}

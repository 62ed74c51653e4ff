import { Hono } from "hono";
import { addressChange, forgotten, passwordChange, reset, tokenSent } from "../domain/account.ts";
import { letterWish } from "../domain/letter_mail.ts";
import { stopLetter } from "../kv/letter_readers.ts";
import { askAddress, askAgain, verify } from "./addresses.ts";
import { body } from "./body.ts";
import type { AppContext, AppEnv, Parts } from "./context.ts";
import { clientAddress, me, member } from "./guard.ts";
import { confirmWish, letterMailOf, wishLetter } from "./letter_mail.ts";
import { askReset, changePassword, resetPassword } from "./passwords.ts";

/** Passwords, the mail address, and the letter by mail, over JSON; the pages have forms of the same. */
export function accountMailRoutes(parts: Parts): Hono<AppEnv> {
  const from = (c: AppContext) => clientAddress(c, parts.env.trustProxy);
  return new Hono<AppEnv>()
    .post("/api/password/forgot", body(forgotten), async (c) => {
      await askReset(parts, c.req.valid("json").who, c.var.lang, from(c));
      return c.json({ sent: true }, 202);
    })
    .post("/api/password/reset", body(reset), async (c) => {
      await resetPassword(parts, c.req.valid("json"), c.var.lang, from(c));
      return c.body(null, 204);
    })
    .put("/api/password", member, body(passwordChange), async (c) => {
      await changePassword(parts, me(c), c.req.valid("json"), c.var.lang);
      return c.body(null, 204);
    })
    .put("/api/email", member, body(addressChange), async (c) => {
      await askAddress(parts, me(c), c.req.valid("json"), c.var.lang);
      return c.json({ sent: true }, 202);
    })
    .post("/api/email/again", member, async (c) => {
      await askAgain(parts, me(c).id, c.var.lang);
      return c.json({ sent: true }, 202);
    })
    .post("/api/email/verify", body(tokenSent), async (c) => {
      await verify(parts, c.req.valid("json").token, c.var.lang, from(c));
      return c.body(null, 204);
    })
    .get("/api/letter-mail", async (c) => c.json(await letterMailOf(parts, me(c).id)))
    .put("/api/letter-mail", member, body(letterWish), async (c) => {
      await wishLetter(parts, me(c).id, c.req.valid("json"), c.var.lang);
      return c.json(await letterMailOf(parts, me(c).id));
    })
    .delete("/api/letter-mail", async (c) => {
      await stopLetter(parts.store, me(c).id);
      return c.body(null, 204);
    })
    .post("/api/letter-mail/confirm", body(tokenSent), async (c) => {
      await confirmWish(parts, c.req.valid("json").token, from(c));
      return c.body(null, 204);
    });
}

import { Hono } from "hono";
import { z } from "zod";
import { credentials, registration, type Tokens } from "../domain/person.ts";
import { Problem, problems } from "../domain/problems.ts";
import { explain } from "../domain/words/explain.ts";
import { body, checked } from "./body.ts";
import { callerOf } from "./caller.ts";
import type { AppContext, AppEnv } from "./context.ts";
import { clearTokenCookies, setTokenCookies } from "./cookies.ts";
import { afterLogin, type Door, logIn, safeNext, signUp } from "./door.ts";

/** What a form that was refused shows again: never the password. `problem` and `fields` are sentences. */
export type DoorView = {
  mode: "login" | "register";
  values: { username?: string; nickname?: string; email?: string; next?: string };
  fields?: Record<string, string>;
  problem?: string;
};
export type RenderDoor = (c: AppContext, view: DoorView) => Response | Promise<Response>;

const text = z.string().catch("");
const form = z.object({ username: text, password: text, nickname: text, email: text, next: text });
type Form = z.infer<typeof form>;

/** The door for pages without scripts: forms in, 303 out, or the page again with what is wrong. */
export function doorForms(parts: Door, render: RenderDoor): Hono<AppEnv> {
  const { env, identity } = parts;
  const enter = async (c: AppContext, mode: DoorView["mode"], sent: Form, open: () => Promise<Tokens>) => {
    try {
      const tokens = await open();
      setTokenCookies(c, env, tokens);
      return c.redirect(afterLogin(tokens, safeNext(sent.next)), 303);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      return await again(c, mode, sent, error);
    }
  };

  async function again(c: AppContext, mode: DoorView["mode"], sent: Form, error: Problem): Promise<Response> {
    const { message, fields } = explain(c.var.words, error);
    const { username, nickname, email, next } = sent;
    c.status(problems[error.code]);
    if (error.detail.wait) c.header("Retry-After", String(Math.ceil(error.detail.wait)));
    return await render(c, { mode, values: { username, nickname, email, next }, fields, problem: message });
  }

  return new Hono<AppEnv>()
    .post("/login", body(form), (c) => {
      const sent = c.req.valid("json");
      return enter(c, "login", sent, () => logIn(parts, checked(credentials, sent), callerOf(c, env)));
    })
    .post("/register", body(form), (c) => {
      const { email, ...sent } = c.req.valid("json");
      const filled = email ? { ...sent, email } : sent;
      return enter(
        c,
        "register",
        { ...sent, email },
        () => signUp(parts, checked(registration, filled), callerOf(c, env)),
      );
    })
    .post("/logout", async (c) => {
      if (c.var.who) await identity.close(c.var.who.session);
      clearTokenCookies(c, env);
      return c.redirect("/", 303);
    });
}

import { Hono } from "hono";
import { type Settings } from "../adapters/env.ts";
import { readEnv } from "../adapters/env.ts";
import { openPasswords } from "../adapters/passwords.ts";
import type { Post } from "../cron/post.ts";
import type { Who } from "../domain/person.ts";
import { wordsIn } from "../domain/words/words.ts";
import { openIdentity } from "../kv/sessions.ts";
import { openStore } from "../kv/store.ts";
import { type TokenKeys, tokenKeys } from "../kv/tokens.ts";
import { accountRoutes } from "../routes/accounts.ts";
import type { AppEnv } from "../routes/context.ts";
import { doorForms } from "../routes/door_forms.ts";
import { admin, identify } from "../routes/guard.ts";
import { answerErrors } from "../routes/problem.ts";

export type Reply = {
  status: number;
  headers: Headers;
  json: Record<string, unknown>;
  cookies: Record<string, string>;
};

/** The door alone, on a port of its own, with a clock that the test turns. */
export async function openDoor(settings: Partial<Settings> = {}) {
  const env = { ...readEnv(() => undefined), rateLimitScale: 0, ...settings };
  const clock = { at: Date.UTC(2026, 10, 20, 0, 50) };
  const now = () => clock.at;
  const store = await openStore(":memory:");
  const passwords = openPasswords({ cost: 4, queue: 200, patience: 20_000 });
  const secret = crypto.getRandomValues(new Uint8Array(32));
  const ended: string[] = [];
  const line = () => {};
  const identity = await openIdentity({ store, now, secret, line, ended: (session) => void ended.push(session) });
  const order = { know: (who: Who) => who };
  const mails: Post = { add: async () => {}, tick: async () => {}, start: () => async () => {} };
  const parts = { env, store, passwords, identity, order, now, post: mails };

  const app = new Hono<AppEnv>();
  app.onError(answerErrors(line, (c, told) => c.html(told.detail, told.status as 400)));
  app.use(async (c, next) => {
    c.set("lang", "en");
    c.set("words", wordsIn("en"));
    await next();
  });
  app.use(identify(parts));
  app.route("/", accountRoutes(parts));
  app.route("/", doorForms(parts, (c, view) => c.html(JSON.stringify(view))));
  app.get("/whoami", (c) => c.json({ who: c.var.who }));
  app.get("/api/admin/x", admin(parts), (c) => c.json({ secret: true }));
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen() {} }, (request, info) => {
    return app.fetch(request, info);
  });
  const base = `http://127.0.0.1:${server.addr.port}`;

  async function ask(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Reply> {
    const sent = body === undefined ? undefined : body instanceof URLSearchParams ? body : JSON.stringify(body);
    const type: Record<string, string> = typeof sent === "string" ? { "content-type": "application/json" } : {};
    const answer = await fetch(base + path, {
      method,
      body: sent,
      headers: { ...type, ...headers },
      redirect: "manual",
    });
    const text = await answer.text();
    const cookies = Object.fromEntries(
      answer.headers.getSetCookie().map((cookie) => cookie.split(";")[0].split("=") as [string, string]),
    );
    const json = text.startsWith("{") ? JSON.parse(text) : {};
    return { status: answer.status, headers: answer.headers, json, cookies };
  }

  return {
    ...parts,
    mails,
    base,
    clock,
    ended,
    keys: await tokenKeys(secret) as TokenKeys,
    ask,
    get: (path: string, headers?: Record<string, string>) => ask("GET", path, undefined, headers),
    post: (path: string, body?: unknown, headers?: Record<string, string>) => ask("POST", path, body, headers),
    async [Symbol.asyncDispose]() {
      await server.shutdown();
      passwords.close();
      store.close();
    },
  };
}

export const person = { username: "Mango_1", password: "sunnyday1", nickname: "망고" };
export const bearer = (token: unknown) => ({ authorization: `Bearer ${token}` });
export const cookie = (jar: Record<string, string>) => ({
  cookie: Object.entries(jar).map(([name, value]) => `${name}=${value}`).join("; "),
});

import type { Hono } from "hono";
import { STREAMING } from "../domain/room.ts";
import type { AppEnv } from "./context.ts";

type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
type Old = {
  method: Method;
  path: string;
  now: string;
  /** What the answer's fields were called there, and are called now. */
  names?: Record<string, string>;
};

/** What tokens were called in the practice service. */
const tokenNames = { access: "accessToken", refresh: "refreshToken" };

/**
 * Addresses of the services that this one replaces, and where each is answered now. Those of the first plaza
 * (`/api/register`, `/api/send-chat` …, `/ws`) are our own, `/streaming` is a page, and any address may end in a slash.
 */
export const oldAddresses: readonly Old[] = [
  { method: "POST", path: "/", now: "/api/ask" },
  { method: "POST", path: "/user/register", now: "/api/register" },
  { method: "POST", path: "/user/login", now: "/api/login" },
  { method: "POST", path: "/api/accounts", now: "/api/register" },
  { method: "GET", path: "/api/accounts", now: "/api/profile" },
  { method: "PATCH", path: "/api/accounts", now: "/api/profile" },
  { method: "POST", path: "/accounts/join", now: "/api/register" },
  { method: "GET", path: "/accounts/mypage", now: "/api/profile" },
  { method: "POST", path: "/accounts/token", now: "/api/login", names: tokenNames },
  { method: "POST", path: "/accounts/token/refresh", now: "/api/token/refresh", names: tokenNames },
];

/** Sockets that are in a room from the start, and whose mere words are messages there. `:client` names a browser. */
export const oldSockets = [
  { path: "/ws/streaming", room: STREAMING },
  { path: "/ws/:client", room: STREAMING },
] as const;

/** Adds the old addresses to an app that has the new ones. */
export function answerOld(app: Hono<AppEnv>): void {
  for (const { method, path, now, names } of oldAddresses) {
    app.on(method, path, async (c) => {
      const asked = new Request(new URL(now, c.req.url), c.req.raw);
      if (names) asked.headers.delete("Accept-Encoding"); // it is compressed once, after the names are in it
      const answer = await app.fetch(asked, c.env);
      return names && answer.ok ? await withOld(names, answer) : answer;
    });
  }
}

/** The answer, with its fields under their old names too. */
async function withOld(names: Record<string, string>, answer: Response): Promise<Response> {
  const said = await answer.json();
  const old = Object.entries(names).map(([name, now]) => [name, said[now]]);
  return new Response(JSON.stringify({ ...said, ...Object.fromEntries(old) }), answer);
}

import type { Hono } from "hono";
import { STREAMING } from "../domain/room.ts";
import { readBody } from "./body.ts";
import type { AppContext, AppEnv } from "./context.ts";

type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
/** An old address, and where it is answered now: by the same method unless `as` names another. `names` are old ones of fields, in bodies and answers. */
type Old = { method: Method; path: string; now: string; as?: Method; names?: Record<string, string> };

const tokenNames = { access: "accessToken", refresh: "refreshToken" };

/**
 * Addresses of the services that this one replaces, and where each is answered now. Those of the first plaza
 * (`/api/register`, `/api/send-chat` …, `/ws`) are our own, `/streaming` and `/admin` are pages, and any address may end
 * in a slash.
 */
export const oldAddresses: readonly Old[] = [
  { method: "POST", path: "/", now: "/api/ask" },
  { method: "POST", path: "/user/register", now: "/api/register" },
  { method: "POST", path: "/user/login", now: "/api/login" },
  { method: "POST", path: "/api/accounts", now: "/api/register" },
  { method: "GET", path: "/api/accounts", now: "/api/profile" },
  { method: "PATCH", path: "/api/accounts", now: "/api/profile" },

  { method: "POST", path: "/account/signup", now: "/api/register" },
  { method: "POST", path: "/account/auth", now: "/api/login" },
  { method: "GET", path: "/account/auth", now: "/api/profile" },
  { method: "DELETE", path: "/account/auth", now: "/api/logout", as: "POST" },
  { method: "GET", path: "/chat", now: "/api/roleplays" },
  { method: "POST", path: "/chat/create", now: "/api/roleplays", names: { my_role: "myRole", gpt_role: "aiRole" } },
  { method: "GET", path: "/chat/:id", now: "/api/roleplays/:id" },
  { method: "POST", path: "/chat/:id/activate", now: "/api/roleplays/:id/messages" },
  { method: "POST", path: "/chat/:id/update", now: "/api/roleplays/:id", as: "PATCH" },
  { method: "DELETE", path: "/chat/:id/delete", now: "/api/roleplays/:id" },

  { method: "POST", path: "/accounts/join", now: "/api/register", names: tokenNames },
  { method: "GET", path: "/accounts/mypage", now: "/api/profile" },
  { method: "POST", path: "/accounts/token", now: "/api/login", names: tokenNames },
  { method: "POST", path: "/accounts/token/refresh", now: "/api/token/refresh", names: tokenNames },
  { method: "GET", path: "/chatbot/chats", now: "/api/practices" },
  { method: "POST", path: "/chatbot/chats", now: "/api/practices" },
  { method: "GET", path: "/chatbot/chats/:id", now: "/api/practices/:id" },
  { method: "PUT", path: "/chatbot/chats/:id", now: "/api/practices/:id/messages", as: "POST" },
  { method: "DELETE", path: "/chatbot/chats/:id", now: "/api/practices/:id" },
  { method: "GET", path: "/api/chat", now: "/api/matches" },
];

/** A socket into one room of two, in the words of the first matching service (`realtime/old_conn.ts`). */
export const oldChatSocket = "/ws/chat/:room";

/** Sockets that are in a room from the start, and whose mere words are messages there. `:client` names a browser. */
export const oldSockets = [
  { path: "/ws/streaming", room: STREAMING },
  { path: "/ws/:client", room: STREAMING },
] as const;

/** Adds the old addresses to an app that has the new ones. Old clients read answers whole. */
export function answerOld(app: Hono<AppEnv>): void {
  for (const old of oldAddresses) {
    app.on(old.method, old.path, async (c) => {
      const answer = await app.fetch(await today(c, old), c.env);
      return old.names ? await renamed(answer, old.names) : answer;
    });
  }
}

async function today(c: AppContext, { method, now, as = method, names }: Old): Promise<Request> {
  const url = new URL(c.req.url), { raw } = c.req;
  url.pathname = now.replace(/:(\w+)/g, (_, name) => encodeURIComponent(c.req.param(name) ?? ""));
  const headers = new Headers(raw.headers);
  headers.set("Accept", "application/json");
  const isJson = /json/.test(headers.get("Content-Type") ?? "");
  const sent = names && isJson ? withNames(await readBody(raw), names) : raw.body;
  headers.delete("Content-Length");
  headers.delete("Accept-Encoding"); // whoever asks outside is answered so, once
  return new Request(url, { method: as, headers, body: sent });
}

/** Old names become today's; what is no JSON is left to whoever checks the body. */
function withNames(bytes: Uint8Array<ArrayBuffer>, names: Record<string, string>): string | Uint8Array<ArrayBuffer> {
  try {
    const sent: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    if (typeof sent !== "object" || sent === null) return bytes;
    return JSON.stringify(
      Object.fromEntries(Object.entries(sent).map(([name, value]) => [names[name] ?? name, value])),
    );
  } catch {
    return bytes;
  }
}

/** Today's fields, and the same by their old names. */
async function renamed(answer: Response, names: Record<string, string>): Promise<Response> {
  if (!answer.ok) return answer;
  const said = await answer.json() as Record<string, unknown>;
  const old = Object.entries(names).map(([name, now]) => [name, said[now]]);
  return new Response(JSON.stringify({ ...said, ...Object.fromEntries(old) }), answer);
}

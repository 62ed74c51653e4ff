import { Hono } from "hono";
import { LRUCache } from "lru-cache";
import { type Bucket, openBucket } from "../domain/bucket.ts";
import { limits } from "../domain/limits.ts";
import { faultOf } from "../domain/logger.ts";
import type { Who } from "../domain/person.ts";
import { Problem } from "../domain/problems.ts";
import { takeTicket } from "../kv/tickets.ts";
import { looked } from "../kv/levels.ts";
import { findRoom } from "../kv/rooms.ts";
import { type Conn, nativeConn } from "../realtime/conn.ts";
import { oldConn } from "../realtime/old_conn.ts";
import { openSession, type Start } from "../realtime/session.ts";
import type { Socket } from "../realtime/sockets.ts";
import { oldChatSocket, oldSockets } from "./compat.ts";
import type { AppContext, AppEnv, Parts } from "./context.ts";
import { tokenCookies } from "./cookies.ts";
import { clientAddress } from "./guard.ts";
import { usernamesIn } from "./old_chat.ts";
import { isForeign } from "./origin.ts";

/** `GET /ws` and its old addresses: the upgrade. All that is wanted of the request is copied first: after the upgrade it is dead. */
export function socketRoutes(parts: Parts): Hono<AppEnv> {
  const { env, sockets, store, identity, order, now, line } = parts;
  const upgrades = new LRUCache<string, Bucket>({ max: 20_000 });
  const read = async (token: string) => asOfNow(await identity.read(token));
  const asOfNow = async (who: Who | null) => who && await order.know(who);
  const looks = (room: string, user: string) =>
    void looked(store, user, room, now()).catch((error) => line("warn", "look_not_kept", faultOf(error)));
  const work = { ...parts, read, looked: looks, scale: env.rateLimitScale };

  const app = new Hono<AppEnv>().get("/ws", (c) => open(c));
  for (const { path, room } of oldSockets) app.get(path, (c) => open(c, room));
  return app.get(oldChatSocket, async (c) => {
    const who = known(await whoComes(c));
    const room = await findRoom(parts, c.req.param("room"), who);
    if (room.kind !== "direct") throw new Problem("not_found");
    const names = await usernamesIn(parts, room);
    return await open(c, room.id, (conn) => oldConn(conn, ({ id, nickname }) => names.get(id) ?? nickname));
  });

  async function open(c: AppContext, room?: string, spoken: (conn: Conn) => Conn = (conn) => conn): Promise<Response> {
    if (c.req.header("upgrade")?.toLowerCase() !== "websocket") throw new Problem("malformed");
    const address = clientAddress(c, env.trustProxy);
    admit(address);
    const who = await whoComes(c);
    const outdated = !who && tokenCookies(c, env).refresh !== undefined;
    const visitor = c.req.query("visitor") || c.req.param("client") || crypto.randomUUID();
    const start = { who, lang: c.var.lang, requestId: c.var.requestId, visitor: visitor.slice(0, 64), room };
    return upgrade(c, address, start, outdated, spoken);
  }

  function admit(address: string): void {
    if (!env.rateLimitScale) return;
    const bucket = upgrades.get(address) ?? openBucket(limits.upgrades, now);
    upgrades.set(address, bucket);
    const wait = Math.ceil(bucket.take());
    if (wait) throw new Problem("too_many", { wait });
    if (!sockets.room(address)) throw new Problem("too_many", { wait: 30 });
  }

  /** A ticket, a token in the address for old clients, or what the guard found. A cookie counts only from our pages. */
  async function whoComes(c: AppContext): Promise<Who | null> {
    const { ticket, token } = c.req.query();
    if (ticket !== undefined) return known(await asOfNow(await takeTicket(store, ticket, now())));
    if (token !== undefined) return known(await read(token));
    if (c.var.who && !c.req.header("authorization") && isForeign(c.req.raw, env)) throw new Problem("foreign_origin");
    return c.var.who;
  }

  function upgrade(
    c: AppContext,
    address: string,
    start: Start,
    outdated: boolean,
    spoken: (conn: Conn) => Conn,
  ): Response {
    const { socket, response } = handshake(c.req.raw);
    const conn = spoken(nativeConn(socket));
    const session = openSession(work, conn, start);
    const here: Socket = { conn, session, address };
    sockets.add(here);
    const guarded = (step: string, act: () => void) => () => {
      try {
        act();
      } catch (error) {
        line("error", "socket_failed", { request: start.requestId, step, ...faultOf(error) });
        conn.close("broken");
      }
    };
    socket.onopen = guarded("open", () => {
      if (outdated) conn.close("session_ended");
      else if (start.room !== undefined) session.receive(JSON.stringify({ type: "join", room: start.room }));
    });
    socket.onmessage = ({ data }) => guarded("message", () => session.receive(data))();
    socket.onerror = (event) => event.preventDefault();
    socket.onclose = guarded("close", () => {
      session.closed();
      sockets.remove(here);
    });
    return response;
  }
}

function known(who: Who | null): Who {
  if (!who) throw new Problem("unauthenticated");
  return who;
}

/** The runtime throws at a request that is no whole handshake. */
function handshake(request: Request): Deno.WebSocketUpgrade {
  try {
    return Deno.upgradeWebSocket(request, { idleTimeout: 30 });
  } catch {
    throw new Problem("malformed");
  }
}

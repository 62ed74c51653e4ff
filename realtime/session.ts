import { openBucket } from "../domain/bucket.ts";
import { limits } from "../domain/limits.ts";
import { faultOf, type LogLine } from "../domain/logger.ts";
import type { Lang, Who } from "../domain/person.ts";
import type { Author } from "../domain/message.ts";
import { Problem } from "../domain/problems.ts";
import { isAiRoom, mayWrite, PLAZA, type Room, showsPeople } from "../domain/room.ts";
import { veiledAll } from "../domain/veil.ts";
import { explain } from "../domain/words/explain.ts";
import { wordsIn } from "../domain/words/words.ts";
import { type ClientFrame, clientFrame, type ServerFrame } from "../domain/wire.ts";
import { findRoom, type Rooms } from "../kv/rooms.ts";
import type { Acts } from "./acts.ts";
import type { Companion } from "./companion.ts";
import type { Conn } from "./conn.ts";
import type { Hub } from "./hub.ts";
import type { Feed } from "./live.ts";
import type { Matching } from "./matching.ts";
import type { Lobby } from "./lobby.ts";
import { frameOf } from "./old_frames.ts";
import { clientIdIn, parse } from "./read_frame.ts";

type Parts = {
  rooms: Rooms;
  hub: Hub;
  acts: Acts;
  companion: Companion;
  matching: Pick<Matching, "receipts">;
  lobby: Pick<Lobby, "watch" | "leave">;
  typing(room: string, person: { id: string; nickname: string }): void;
  read(token: string): Promise<Who | null>;
  /** Somebody comes to a room where people show, or goes. */
  looked(room: string, user: string): void;
  scale: number;
  now: () => number;
  line: LogLine;
};
/**
 * Who opened the socket. `visitor` tells guests' browsers apart, for counting people. On an old address `room` is where
 * words without a frame go.
 */
export type Start = { who: Who | null; lang: Lang; visitor: string; requestId: string; room?: string };

/** One socket's life: frames in, one at a time and not too many; refusals out; nothing that it does harms another. */
export type Session = {
  receive(data: unknown): void;
  belongsTo(session: string): boolean;
  isOf(userId: string): boolean;
  follows(room: string): boolean;
  /** Leaves a room that this person may not read any more. */
  recheck(room: string): Promise<void>;
  closed(): void;
};

export function openSession(parts: Parts, conn: Conn, start: Start): Session {
  const { hub, acts, companion, line } = parts;
  let who = start.who;
  const feeds = new Map<string, Feed>();
  const bucket = parts.scale ? openBucket(limits.frames, parts.now) : null;
  const waiting: ClientFrame[] = [];
  const writing = new Set<Promise<void>>();
  let working = false, gone = false;

  /** Limits come before parsing. */
  function receive(data: unknown): void {
    if (gone) return;
    if (bucket?.take()) return close("too_many");
    if (typeof data !== "string") return refuse(new Problem("malformed"));
    if (data.length > limits.frame) return close("too_large");
    const said = parse(data);
    const frame = clientFrame.safeParse(start.room === undefined ? said : frameOf(said, data, start.room));
    if (!frame.success) return refuse(new Problem("malformed"), clientIdIn(data));
    if (waiting.length === limits.queue) return close("too_many");
    waiting.push(frame.data);
    if (!working) void work();
  }

  async function work(): Promise<void> {
    working = true;
    for (let frame = waiting.shift(); frame && !gone; frame = waiting.shift()) {
      const clientId = "clientId" in frame ? frame.clientId : undefined;
      try {
        await handle(frame);
      } catch (error) {
        answer(error, clientId);
      }
    }
    working = false;
  }

  function handle(frame: ClientFrame): Promise<void> | void {
    switch (frame.type) {
      case "connect":
        return connect(frame);
      case "join":
        return join(frame.room, frame);
      case "join_main":
        return join(PLAZA, frame);
      case "leave":
        return leave(frame.room);
      case "lobby":
        return parts.lobby.watch(conn, who);
      case "send_chat":
        return sendChat(frame);
      case "edit":
        return act(frame.room, (room) => acts.edit(room, who, frame.seq, frame.text));
      case "delete":
        return act(frame.room, (room) => acts.remove(room, who, frame.seq));
      case "react":
        return act(frame.room, (room) => acts.react(room, who, frame.seq, frame.reaction, frame.on));
      case "ask_companion":
        return ask(frame);
      case "stop_companion":
        return act(frame.room, (room) => companion.stop(room, who, frame.seq));
      case "typing":
        return type(frame.room);
      case "read":
        return move(frame.room, { read: frame.seq });
      case "delivered":
        return move(frame.room, { delivered: frame.seq });
      case "ping":
        return say({ type: "pong" });
    }
  }

  async function connect({ token }: Extract<ClientFrame, { type: "connect" }>): Promise<void> {
    if (token !== undefined) who = await knownBy(token);
    say({ type: "connected", user: who && { id: who.id, nickname: who.nickname, role: who.role } });
  }

  async function join(id: string, from: { since?: number; epoch?: string }): Promise<void> {
    const room = await find(id);
    leave(room.id);
    if (feeds.size === limits.roomsPerSocket) throw new Problem("too_many", { wait: 1 });
    const visitor = isAiRoom(room) ? "" : who?.id ?? start.visitor; // there nobody counts people
    const feed = await hub.join(room.id, conn, visitor, from, personOf(who));
    if (gone) return hub.leave(room.id, feed);
    feeds.set(room.id, feed);
    look(room.id);
    if (room.kind === "direct") say(await parts.matching.receipts.frameFor(room, who!));
    await recheck(room.id); // what was said while this joined has not reached the feed
  }

  async function recheck(id: string): Promise<void> {
    if (!feeds.has(id) || await parts.rooms.find(id, who) || !feeds.has(id)) return;
    leave(id);
    say({ type: "left", room: id });
  }

  function leave(id: string): void {
    const feed = feeds.get(id);
    if (feed) hub.leave(id, feed);
    if (feeds.delete(id)) look(id);
  }

  const look = (id: string) => void (who && showsPeople(id) && parts.looked(id, who.id));

  async function sendChat(frame: Extract<ClientFrame, { type: "send_chat" }>): Promise<void> {
    const writer = frame.token === undefined ? who : await knownBy(frame.token);
    const room = await find(frame.room, writer);
    const { text, mood, reply, asks, clientId } = frame;
    const said = { text, mood, reply, asks, clientId };
    const sent = isAiRoom(room) ? companion.talk.say(room, writer, said, start.lang) : acts.say(room, writer, said);
    const answered = sent.then(({ message, repeated }) => {
      // Who follows the room hears of it there, in order; only what has gone by there already is said again.
      const feed = feeds.get(room.id);
      if (!feed || (repeated && hub.reached(room.id, feed, message.seq))) {
        say({ type: "messages", room: room.id, items: veiledAll([message], hub.apart(who?.id)) });
      } else if (repeated) void hub.look(room.id);
      if (!repeated) void companion.heard(room, message, start.lang).catch((error) => answer(error));
    }).catch((error) => answer(error, clientId)).finally(() => writing.delete(answered));
    writing.add(answered);
    // The next message need not wait for this one to be stored: one group takes both, in this order.
    if (writing.size >= limits.queue) await Promise.race(writing);
  }

  /** Question and answer come as messages of the room. */
  async function ask({ room, text, clientId }: Extract<ClientFrame, { type: "ask_companion" }>): Promise<void> {
    await act(room, (room) => companion.ask(room, who, { text, clientId }, start.lang));
  }

  /** Who follows the room hears what changed there. */
  async function act(id: string, does: (room: Room) => Promise<unknown>): Promise<void> {
    await does(await find(id));
  }

  /** How far a person has read is kept of rooms of two; elsewhere the line lives in the browser. */
  async function move(id: string, moved: { read?: number; delivered?: number }): Promise<void> {
    const room = await find(id);
    if (who && room.kind === "direct") await parts.matching.receipts.move(room, who, moved);
  }

  async function type(id: string): Promise<void> {
    const room = await find(id);
    if (!who || !mayWrite(room, who)) throw new Problem(who ? "forbidden" : "unauthenticated");
    parts.typing(room.id, { id: who.id, nickname: who.nickname });
  }

  const find = (id: string, reader = who): Promise<Room> => findRoom(parts, id, reader);

  async function knownBy(token: string): Promise<Who> {
    const known = await parts.read(token);
    if (!known) throw new Problem("unauthenticated");
    return known;
  }

  function answer(error: unknown, clientId?: string): void {
    if (error instanceof Problem) refuse(error, clientId);
    else fail(error, clientId);
  }

  function refuse(problem: Problem, clientId?: string): void {
    const { message, fields } = explain(wordsIn(start.lang), problem);
    say({ type: "refused", clientId, code: problem.code, message: fields?.text ?? message, wait: problem.detail.wait });
  }

  function fail(error: unknown, clientId?: string): void {
    line("error", "frame_failed", { request: start.requestId, ...faultOf(error) });
    refuse(new Problem("broken"), clientId);
  }

  function say(frame: ServerFrame): void {
    if (!gone) conn.send(JSON.stringify(frame));
  }

  function close(reason: "too_many" | "too_large"): void {
    conn.close(reason);
    closed();
  }

  function closed(): void {
    gone = true;
    waiting.length = 0;
    parts.lobby.leave(conn);
    for (const id of [...feeds.keys()]) leave(id);
  }

  return {
    receive,
    closed,
    recheck,
    belongsTo: (session) => who?.session === session,
    isOf: (userId) => who?.id === userId,
    follows: (room) => feeds.has(room),
  };
}

const personOf = (who: Who | null): Author | undefined =>
  who ? { id: who.id, nickname: who.nickname, role: who.role } : undefined;

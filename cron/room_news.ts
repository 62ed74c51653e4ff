import type { Message } from "../domain/message.ts";
import type { Notification } from "../domain/notification.ts";
import { pathOf } from "../domain/permalink.ts";
import type { Blocks } from "../kv/blocks.ts";
import type { Listener } from "../kv/levels.ts";
import { listenersOf } from "../kv/levels.ts";
import type { Rooms } from "../kv/rooms.ts";
import type { Found, Store } from "../kv/store.ts";
import { isNews } from "./still_news.ts";

type Parts = {
  store: Store;
  rooms: Pick<Rooms, "get">;
  blocks: Pick<Blocks, "areApart">;
  now: () => number;
  isAway(room: string, user: string): Promise<boolean>;
  notify(user: string, told: Notification, also: (atomic: Deno.AtomicOperation) => void): Promise<void>;
};
type Said = { seq: number; at: number; by: string; named: ReadonlySet<string> };

/** Of one room, between two rounds: what comes after is told of by what came before. */
const MOST = 500;
const PAGE = 200;

/**
 * Tells who wants everything of a live room that something is new there: once a room, until they look again. On a
 * message's way it is only noted, in memory; who listens is read in the next round, once a room that was spoken in.
 */
export function openRoomNews({ store, rooms, blocks, now, isAway, notify }: Parts) {
  let spoken = new Map<string, Said[]>();

  /** `named` are told of this message by itself. */
  function hear(room: string, message: Message, named: ReadonlySet<string>): void {
    if (!isNews(message)) return;
    const said = spoken.get(room) ?? [];
    spoken.set(room, said);
    if (said.length < MOST) said.push({ seq: message.seq, at: message.at, by: message.author.id, named });
  }

  async function round(): Promise<void> {
    const all = spoken;
    spoken = new Map();
    for (const [room, said] of all) if ((await rooms.get(room))?.kind === "live") await tellOf(room, said);
  }

  async function tellOf(room: string, said: Said[]): Promise<void> {
    for (let after = "", full = true; full;) {
      const page = await listenersOf(store, room, after, PAGE);
      for (const one of page) await tell(room, said, one);
      full = page.length === PAGE;
      after = String(page.at(-1)?.key.at(-1));
    }
  }

  /** Of two isolates that heard something, the first tells. */
  async function tell(room: string, said: Said[], { key, value, versionstamp }: Found<Listener>): Promise<void> {
    const user = String(key.at(-1));
    if (value.told !== undefined) return;
    const first = said.find(({ at, by, named }) =>
      at > value.seen && by !== user && !named.has(user) && !blocks.areApart(by, user)
    );
    if (!first || !await isAway(room, user)) return;
    const told: Notification = { kind: "room", at: now(), of: { room, seq: first.seq }, url: pathOf(room) };
    await notify(user, told, (atomic) => atomic.check({ key, versionstamp }).set(key, { ...value, told: first.seq }));
  }

  return { hear, round };
}

import type { Message } from "../domain/message.ts";
import type { Notification } from "../domain/notification.ts";
import { wordsIn } from "../domain/words/words.ts";
import type { Blocks } from "../kv/blocks.ts";
import { keys, type User } from "../kv/keys.ts";
import { levelOf, looked } from "../kv/levels.ts";
import type { Log } from "../kv/log.ts";
import type { Rooms } from "../kv/rooms.ts";
import type { Store } from "../kv/store.ts";

type Parts = {
  store: Store;
  log: Pick<Log, "messages" | "page">;
  rooms: Pick<Rooms, "find">;
  blocks: Pick<Blocks, "areApart" | "apart">;
  now: () => number;
};

/** How much of a message is told, in characters; and how many new messages of a room are looked at. */
const TOLD = 120;
const NEW = 50;

/**
 * What waited for somebody and is still to be told, as it is now: nothing of who is apart from them, of what was taken
 * away meanwhile, or of a room that they have silenced, left or looked at.
 */
export async function stillNews(parts: Parts, to: User, waited: Notification[]): Promise<Notification[]> {
  const found = await Promise.all(waited.map((one) => {
    if (one.by && parts.blocks.areApart(to.id, one.by)) return [];
    if (!one.of) return [one];
    return one.kind === "room" ? ofRoom(parts, to, one, one.of.room) : ofMessage(parts, to, one, one.of);
  }));
  return found.flat();
}

async function ofMessage(
  { store, log, rooms }: Parts,
  to: User,
  one: Notification,
  { room, seq }: { room: string; seq: number },
): Promise<Notification[]> {
  const [[message], level, found] = await Promise.all([
    log.messages(room, [seq]),
    levelOf(store, to.id, room),
    rooms.find(room, { ...to, session: "" }),
  ]);
  if (!message || message.gone || level === "nothing" || !found) return [];
  return [{ ...one, text: [...message.text].slice(0, TOLD).join("") }];
}

/** Which room, not who said what there. When nothing of it is left, the next that is said is news again. */
async function ofRoom({ store, log, rooms, blocks, now }: Parts, to: User, one: Notification, id: string) {
  const [{ value }, room] = await Promise.all([
    store.get(keys.listener(id, to.id)),
    rooms.find(id, { ...to, session: "" }),
  ]);
  if (!room || value?.told === undefined) return [];
  const said = await log.page(id, { after: value.told - 1, apart: blocks.apart(to.id) }, NEW);
  if (said.some((message) => isNews(message) && message.author.id !== to.id)) {
    return [{ ...one, who: room.title ?? wordsIn(to.lang ?? "ko").live.streaming }];
  }
  await looked(store, to.id, id, now());
  return [];
}

/** What people say themselves. */
export const isNews = ({ kind, change, gone }: Message): boolean =>
  !change && !gone && (kind === "user" || kind === "admin");

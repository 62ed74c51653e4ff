import { without } from "../domain/departed.ts";
import { HOUSE } from "../domain/room.ts";
import { wordsIn } from "../domain/words/words.ts";
import { countOwn, ownLeaves } from "./author.ts";
import type { Change, Cursor, Page } from "./family.ts";
import { keys, type MessageRecord } from "./keys.ts";
import type { Store } from "./store.ts";

/** Leaves of 16 messages that are read together, and rooms that are looked at for one page. */
const LEAVES = 8;
const ROOMS = 50;

/** What a person wrote, room by room, oldest first, as their index has it. */
export async function messagesOf(store: Store, id: string, from: Cursor | undefined): Promise<Page> {
  const [room, leaf] = from ?? [];
  if (room !== undefined && leaf !== undefined) return await inRoom(store, id, String(room), Number(leaf));
  const start = room === undefined ? undefined : { start: keys.head(String(room)), end: [...keys.heads(), true] };
  const rows = await store.list(keys.heads(), { ...start, limit: ROOMS });
  const rooms = rows.map(({ key }) => String(key.at(-1)));
  for (const [n, one] of rooms.entries()) {
    if (one !== HOUSE && await countOwn(store, one, id)) return { items: [], next: [one, 0] };
    if (n === rooms.length - 1) return rows.length < ROOMS ? { items: [] } : { items: [], next: [`${one}\0`] };
  }
  return { items: [] };
}

/** From leaf number `leaf` on; at the end of the room, whatever room comes next. */
async function inRoom(store: Store, id: string, room: string, leaf: number): Promise<Page> {
  const leaves = await ownLeaves(store, room, id, leaf, leaf + LEAVES);
  const seqs = leaves.flat().map(({ seq }) => seq);
  const records = await store.getMany(seqs.map((seq) => keys.message(room, seq)));
  const items = records.flatMap(({ value }, i) => value ? [mine(room, seqs[i], value)] : []);
  return { items, next: leaves.length ? [room, leaf + LEAVES] : [`${room}\0`] };
}

/** Of what it answers only the number: the words are another's. */
function mine(room: string, seq: number, record: MessageRecord) {
  const { author: _, clientId: __, about: ___, mentions: ____, reply, ...own } = record;
  return { room, seq, reply: reply?.seq, ...own };
}

/** What a message becomes without somebody. The house's own notices are words about people. */
export const messageWithout: Change<MessageRecord> = (record, [, room], { id, messages, lang }) => {
  if (room === HOUSE) return record.text.includes(id) ? { ...record, text: "" } : undefined;
  const left = without(record, { user: id, messages, nickname: wordsIn(lang).departed });
  return left === record ? undefined : left;
};

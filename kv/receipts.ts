import { keys } from "./keys.ts";
import type { Store } from "./store.ts";

/** How far a person's browsers have got what was said in a room, and how far the person has read. Message numbers. */
export type Receipt = { delivered: number; read: number };
export const nothingRead: Receipt = { delivered: 0, read: 0 };

export async function receiptOf(store: Store, room: string, user: string): Promise<Receipt> {
  return (await store.get(keys.receipt(room, user))).value ?? nothingRead;
}

/** Only ever forward; `null` when nothing is new. What was read was delivered. */
export async function moveReceipt(
  store: Store,
  room: string,
  user: string,
  { delivered = 0, read = 0 }: Partial<Receipt>,
): Promise<Receipt | null> {
  const key = keys.receipt(room, user);
  for (;;) {
    const found = await store.get(key), before = found.value ?? nothingRead;
    const next = { delivered: Math.max(before.delivered, delivered, read), read: Math.max(before.read, read) };
    if (next.delivered === before.delivered && next.read === before.read) return null;
    if (await store.commit((atomic) => atomic.check({ ...found, key }).set(key, next)) !== null) return next;
  }
}

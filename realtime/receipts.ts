import type { Who } from "../domain/person.ts";
import { otherOf, type Room } from "../domain/room.ts";
import type { ServerFrame } from "../domain/wire.ts";
import type { Log } from "../kv/log.ts";
import { findMatchProfile } from "../kv/profiles.ts";
import { moveReceipt, nothingRead, type Receipt, receiptOf } from "../kv/receipts.ts";
import type { Store } from "../kv/store.ts";
import type { Spine } from "./spine.ts";

/** How far two people have got what they say to each other. Whoever does not show what they read does not see it either. */
export type Receipts = {
  /** This person's browser has messages up to a number, or the person has read them. */
  move(room: Room, who: Who, moved: Partial<Receipt>): Promise<void>;
  /** What the other may know: of the messages that `who` wrote, how many arrived and were read. */
  seenBy(room: Room, who: Who): Promise<Receipt>;
  frameFor(room: Room, who: Who): Promise<ServerFrame>;
};

export function openReceipts({ store, log, tell }: { store: Store; log: Log; tell: Spine["tell"] }): Receipts {
  async function move(room: Room, who: Who, { delivered = 0, read = 0 }: Partial<Receipt>): Promise<void> {
    const { seq: head } = await log.head(room.id);
    const upTo = { delivered: Math.min(delivered, head), read: Math.min(read, head) };
    const moved = await moveReceipt(store, room.id, who.id, upTo);
    if (!moved) return;
    const shown = await bothShow(room) ? moved : { ...moved, read: nothingRead.read };
    tell(room.id, { type: "receipt", room: room.id, person: who.id, ...shown });
  }

  async function seenBy(room: Room, who: Who): Promise<Receipt> {
    const receipt = await receiptOf(store, room.id, otherOf(room, who.id));
    return await bothShow(room) ? receipt : { ...receipt, read: nothingRead.read };
  }

  async function bothShow({ members = [] }: Room): Promise<boolean> {
    const profiles = await Promise.all(members.map((member) => findMatchProfile(store, member)));
    return profiles.every((profile) => profile?.receipts ?? true);
  }

  return {
    move,
    seenBy,
    frameFor: async (room, who) => ({
      type: "receipt",
      room: room.id,
      person: otherOf(room, who.id),
      ...await seenBy(room, who),
    }),
  };
}

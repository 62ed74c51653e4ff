import { limits } from "../domain/limits.ts";
import { Problem } from "../domain/problems.ts";
import type { Room } from "../domain/room.ts";
import { type Invitation, keys } from "./keys.ts";
import { isIn, type Rooms } from "./rooms.ts";
import type { Store } from "./store.ts";
import { hashOf, secretWord } from "./tickets.ts";

type Place = { store: Store; rooms: Rooms; now: () => number };

/** A new word that lets whoever has it join the room for a week. The one before it is good no more. */
export async function invite(
  { store, now }: Pick<Place, "store" | "now">,
  room: string,
  by: string,
): Promise<{ word: string; expiresAt: number }> {
  const word = secretWord(), createdAt = now(), expiresAt = createdAt + limits.invitation;
  const invitation = { hash: await hashOf(word), by, createdAt, expiresAt };
  await store.commit((atomic) => atomic.set(keys.invitation(room), invitation));
  return { word, expiresAt };
}

/** The invitation is good no more; who has joined stays. */
export async function uninvite(store: Store, room: string): Promise<void> {
  await store.commit((atomic) => atomic.delete(keys.invitation(room)));
}

/**
 * Makes the person a member. Problem `not_found` for a wrong or old word, whether the room is there or not; and for somebody
 * who was sent out after the invitation was made.
 */
export async function join({ store, rooms, now }: Place, id: string, word: string, user: string): Promise<Room> {
  const hash = await hashOf(word);
  for (let tries = 0; tries < 20; tries++) {
    const room = await rooms.get(id);
    const [invitation, member] = await Promise.all([
      store.get(keys.invitation(id)),
      store.get(keys.member(id, user)),
    ]);
    if (room?.kind !== "live" || !isGood(invitation.value, hash, now())) throw new Problem("not_found");
    if (isIn(member.value)) return room;
    if ((member.value?.out ?? -1) >= invitation.value!.createdAt) throw new Problem("not_found");
    const joined = await store.commit((atomic) => {
      atomic.check(invitation, member).set(keys.member(id, user), { since: now() });
      atomic.set(keys.ownRoom(user, room.createdAt ?? 0, id), true);
    });
    if (joined === null) continue;
    await rooms.changed(id);
    return room;
  }
  throw new Problem("busy", { wait: 1 });
}

export const isGood = (invitation: Invitation | null, hash: string, now: number): boolean =>
  invitation?.hash === hash && invitation.expiresAt > now;

/** Sends a member out: the invitation they came by does not bring them back. Problem `not_found` for no member. */
export async function sendOut({ store, rooms, now }: Place, room: Room, user: string): Promise<void> {
  const member = await store.get(keys.member(room.id, user));
  if (!member.value || !isIn(member.value)) throw new Problem("not_found");
  const { since } = member.value;
  const out = await store.commit((atomic) => {
    atomic.check(member).set(keys.member(room.id, user), { since, out: now() });
    atomic.delete(keys.ownRoom(user, room.createdAt ?? 0, room.id));
  });
  if (out === null) throw new Problem("busy", { wait: 1 });
  await rooms.changed(room.id);
}

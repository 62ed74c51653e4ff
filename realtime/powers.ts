import type { AuditEntry, Hidden, Keeper, Sanction, SanctionKind } from "../domain/keeping.ts";
import type { Message } from "../domain/message.ts";
import { isOpen } from "../domain/order.ts";
import type { Role, Who } from "../domain/person.ts";
import { mayTouch, mayUndo } from "../domain/power.ts";
import { Problem } from "../domain/problems.ts";
import { mayKeep, type Room } from "../domain/room.ts";
import { type Unwritten, writeDown } from "../kv/audit.ts";
import { keys, type User } from "../kv/keys.ts";
import type { Log } from "../kv/log.ts";
import { dropSanction, findSanction, PLACE, putSanction } from "../kv/order.ts";
import type { Store } from "../kv/store.ts";
import { findUser, logOutEverywhere, setRole } from "../kv/users.ts";
import { announce, type Notice } from "./house.ts";

type Place = Room | null;
type Tidings = Omit<Extract<Notice, { type: "order" }>, "type">;
/** `undoes`: the audit entry that is taken back. */
type Because = { why: string; undoes?: string };

/**
 * What keepers may do, and nobody else: Problem `forbidden`. Each leaves one entry in the audit log, in the atomic that
 * does it, and tells all isolates. A place is a room, or `null` for the whole place, which is the administrators' alone.
 */
export type Powers = {
  /** Problem `not_found` for what its author took away. What it said stays, for keepers. */
  hide(room: Room, who: Who, seq: number, because: Because): Promise<Message>;
  show(room: Room, who: Who, seq: number, because: Because): Promise<Message>;
  hidden(room: Room, who: Who, seq: number): Promise<Hidden>;
  timeout(place: Place, who: Who, userId: string, minutes: number, because: Because): Promise<Sanction>;
  ban(place: Place, who: Who, userId: string, because: Because): Promise<Sanction>;
  lift(place: Place, who: Who, userId: string, kind: SanctionKind, because: Because): Promise<void>;
  /** Problem `last_admin`. */
  role(who: Who, userId: string, role: Role, because: Because): Promise<void>;
  endSessions(who: Who, userId: string, because: Because): Promise<void>;
};

export function openPowers({ store, log, now }: { store: Store; log: Log; now: () => number }): Powers {
  const tell = (said: Tidings) => announce(log, { type: "order", ...said });

  async function hide(room: Room, who: Who, seq: number, because: Because): Promise<Message> {
    const by = await keeper(room, who);
    let hidden: Message | undefined;
    const message = await log.amend(room.id, seq, async (before) => {
      if (before.gone === "author") throw new Problem("not_found");
      allow(room, by, { id: before.author.id, role: (await roleOf(before.author.id)) ?? before.author.role });
      if (before.gone) return null;
      hidden = before;
      const { text, poll, author } = before;
      const kept: Hidden = { text, poll, author: author.id, why: because.why, by, at: now() };
      const entry = entryOf("hide", by, because, { whom: author, room: room.id, seq });
      const also = (atomic: Deno.AtomicOperation) => {
        atomic.set(keys.hidden(room.id, seq), kept);
        writeDown(atomic, entry);
      };
      return { text: "", gone: "keeper", poll: undefined, also };
    });
    if (hidden) await tell({ what: "hidden", user: hidden.author.id, room: room.id, seq });
    return message;
  }

  async function show(room: Room, who: Who, seq: number, because: Because): Promise<Message> {
    const by = await keeper(room, who);
    let shown = false;
    const message = await log.amend(room.id, seq, async (before) => {
      if (before.gone !== "keeper") return null;
      const kept = await store.get(keys.hidden(room.id, seq));
      if (!kept.value) throw new Problem("not_found");
      if (by.id === before.author.id || !mayUndo(room, by, kept.value.by)) throw new Problem("forbidden");
      shown = true;
      const entry = entryOf("show", by, because, { whom: before.author, room: room.id, seq });
      const also = (atomic: Deno.AtomicOperation) => {
        atomic.check(kept).delete(kept.key);
        writeDown(atomic, entry);
      };
      const { text, poll } = kept.value;
      return { text, gone: null, ...(poll && { poll }), also };
    });
    if (shown) await tell({ what: "shown", user: message.author.id, room: room.id, seq });
    return message;
  }

  async function hidden(room: Room, who: Who, seq: number): Promise<Hidden> {
    if (!mayKeep(room, who)) throw new Problem("not_found");
    const { value } = await store.get(keys.hidden(room.id, seq));
    if (!value) throw new Problem("not_found");
    return value;
  }

  async function sanction(
    place: Place,
    who: Who,
    userId: string,
    { why, undoes }: Because,
    more: { kind: SanctionKind; until?: number },
  ): Promise<Sanction> {
    const by = await keeper(place, who);
    const made = await onPerson(userId, async (whom) => {
      allow(place, by, whom);
      const before = await store.get(keys.sanction(userId, place?.id ?? PLACE, more.kind));
      const holds = before.value && isOpen(before.value, now());
      if (holds && !mayUndo(place, by, before.value.by)) throw new Problem("forbidden"); // it might be shorter
      const sanction: Sanction = { ...more, userId, ...(place && { room: place.id }), why, by, at: now() };
      const entry = entryOf(more.kind, by, { why, undoes }, { whom, room: place?.id, until: more.until });
      return {
        answer: sanction,
        fill(atomic) {
          putSanction(atomic.check(before), sanction);
          writeDown(atomic, entry);
        },
      };
    });
    await tell({ what: more.kind, user: userId, room: place?.id });
    return made;
  }

  async function lift(place: Place, who: Who, userId: string, kind: SanctionKind, because: Because): Promise<void> {
    const by = await keeper(place, who);
    await onPerson(userId, async (whom) => {
      const found = await findSanction(store, userId, place?.id, kind);
      if (!found) throw new Problem("not_found");
      if (by.id === userId || !mayUndo(place, by, found.by)) throw new Problem("forbidden");
      const entry = entryOf("lift", by, because, { whom, room: place?.id, kind, until: found.until });
      return {
        answer: undefined,
        fill(atomic) {
          dropSanction(atomic, found);
          writeDown(atomic, entry);
        },
      };
    });
    await tell({ what: "lift", user: userId, room: place?.id });
  }

  /** An administrator may step down; else nobody acts on themself. */
  async function role(who: Who, userId: string, to: Role, because: Because): Promise<void> {
    const by = await keeper(null, who);
    await setRole(store, userId, to, (atomic, whom, otherAdmins) => {
      if (whom.id !== by.id) allow(null, by, whom);
      if (whom.role === "admin" && to !== "admin" && !otherAdmins.length) throw new Problem("last_admin");
      writeDown(atomic, entryOf("role", by, because, { whom, from: whom.role, to }));
    });
    await tell({ what: "role", user: userId, why: because.why });
  }

  async function endSessions(who: Who, userId: string, because: Because): Promise<void> {
    const by = await keeper(null, who);
    const whom = await findUser(store, userId);
    if (!whom) throw new Problem("not_found");
    if (whom.id !== by.id) allow(null, by, whom);
    const entry = entryOf("end_sessions", by, because, { whom });
    await logOutEverywhere(store, userId, now(), (atomic) => writeDown(atomic, entry));
    await tell({ what: "ended", user: userId, why: because.why });
  }

  /** Who acts, with the role that the store knows: a token remembers one for a while. */
  async function keeper(place: Place, who: Who): Promise<Keeper> {
    const role = await roleOf(who.id) ?? who.role;
    const may = place ? mayKeep(place, { ...who, role }) : role === "admin";
    if (!may) throw new Problem("forbidden");
    return { id: who.id, nickname: who.nickname, role };
  }

  const roleOf = async (id: string): Promise<Role | undefined> => (await findUser(store, id))?.role;

  /** Decides on a person as they are at the moment of the commit. */
  async function onPerson<T>(
    userId: string,
    decide: (whom: User) => Decided<T> | Promise<Decided<T>>,
  ): Promise<T> {
    for (let tries = 0; tries < 20; tries++) {
      const found = await store.get(keys.user(userId));
      if (!found.value) throw new Problem("not_found");
      const { answer, fill } = await decide(found.value);
      if (await store.commit((atomic) => fill(atomic.check(found))) !== null) return answer;
    }
    throw new Problem("busy", { wait: 1 });
  }

  function entryOf(
    deed: AuditEntry["deed"],
    by: Keeper,
    because: Because,
    { whom, ...more }: Partial<Omit<Unwritten, "whom">> & { whom?: { id: string; nickname: string } },
  ): Unwritten {
    return {
      at: now(),
      deed,
      by,
      ...because,
      ...more,
      ...(whom && { whom: { id: whom.id, nickname: whom.nickname } }),
    };
  }

  return {
    hide,
    show,
    hidden,
    timeout: (place, who, userId, minutes, because) =>
      sanction(place, who, userId, because, { kind: "timeout", until: now() + minutes * 60_000 }),
    ban: (place, who, userId, because) => sanction(place, who, userId, because, { kind: "ban" }),
    lift,
    role,
    endSessions,
  };
}

type Decided<T> = { answer: T; fill(atomic: Deno.AtomicOperation): void };

function allow(place: Place, by: Keeper, whom: { id: string; role: Role }): void {
  if (!mayTouch(place, by, whom)) throw new Problem("forbidden");
}

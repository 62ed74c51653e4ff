import { ulid } from "ulid";
import { calledIn } from "../domain/mention.ts";
import { type Appended, type Author, type Message, type Photo, quote, type Reaction } from "../domain/message.ts";
import type { Mood } from "../domain/mood.ts";
import type { Who } from "../domain/person.ts";
import { Problem } from "../domain/problems.ts";
import { checkText, kindOf, mayWrite, type Room } from "../domain/room.ts";
import { isOf } from "../domain/veil.ts";
import { keys } from "../kv/keys.ts";
import type { Log } from "../kv/log.ts";
import { dropPhoto } from "../kv/photos.ts";
import type { Store } from "../kv/store.ts";
import type { Hub } from "./hub.ts";
import { openListing } from "./listing.ts";
import { openOpeners } from "./openers.ts";
import type { Order } from "./order.ts";
import type { Presence } from "./presence.ts";
import type { SendLimit } from "./send_limit.ts";

/** How far back somebody counts as having spoken lately, in a room that nobody here follows. Messages. */
const SPOKE_LATELY = 50;

export type Said = {
  text: string;
  mood?: Mood;
  clientId?: string;
  /** The number of the message that is answered. */
  reply?: number;
  asks?: boolean;
  /** In AI rooms: its place on another branch, and the version that was there first. */
  after?: number;
  version?: number;
  /** In a scene for several: the role that says it. */
  as?: string;
  photo?: Photo;
};

/** What people do in a room that was found for them, by socket or by HTTP: the same rules, the same limits. */
export type Acts = {
  say(room: Room, who: Who | null, said: Said): Promise<Appended>;
  /** One's own words, while they are there. */
  edit(room: Room, who: Who | null, seq: number, text: string): Promise<Message>;
  remove(room: Room, who: Who | null, seq: number): Promise<Message>;
  react(room: Room, who: Who | null, seq: number, reaction: Reaction, on: boolean): Promise<Message>;
};

export function openActs(
  parts: {
    store: Store;
    log: Log;
    hub: Hub;
    presence: Pick<Presence, "named">;
    order: Order;
    sends: SendLimit;
    now: () => number;
  },
): Acts {
  const { store, log, hub, presence, order, sends, now } = parts;
  const opener = openOpeners(parts);
  const listing = openListing(store);

  async function say(
    room: Room,
    someone: Who | null,
    { reply, clientId = ulid(), ...said }: Said,
  ): Promise<Appended> {
    const who = writer(room, someone);
    checkText(room.kind, said.text);
    pace(who);
    if (room.kind === "direct") await opener(room, who, said.text);
    const asked = order.check(room, who, { text: said.text, clientId });
    if (asked) await asked; // not in steady state: then nothing comes between two messages of one socket
    const listed = listing(room, who);
    if (listed) await listed; // only before the first
    const quoted = reply === undefined ? undefined : quote(await visible(room, who, reply));
    const author = { id: who.id, nickname: who.nickname, role: who.role };
    const names = said.text.includes("@") ? around(room.id, who) : [];
    const ids = calledIn(said.text, names instanceof Promise ? await names : names);
    const mentions = ids.length ? ids : undefined;
    return await log.append({ room: room.id, author, kind: kindOf(who), ...said, mentions, clientId, reply: quoted });
  }

  /** Those who spoke lately or are there now, and whom the writer meets: from memory where anybody here follows the room. */
  function around(room: string, { id }: Who): Author[] | Promise<Author[]> {
    const apart = hub.apart(id), held = hub.rooms().get(room)?.ring.items(0);
    const met = (spoke: Message[]) => [
      ...spoke.map(({ author }) => author).filter((author) => !apart?.has(author.id)),
      ...presence.named(room, apart),
    ];
    return held ? met(held) : log.page(room, {}, SPOKE_LATELY).then(met);
  }

  async function edit(room: Room, someone: Who | null, seq: number, text: string): Promise<Message> {
    const who = writer(room, someone);
    checkText(room.kind, text);
    pace(who);
    await order.check(room, who, { text, edit: true });
    return await log.amend(room.id, seq, (message) => {
      own(message, who);
      return message.text === text ? null : { text, editedAt: now() };
    });
  }

  async function remove(room: Room, someone: Who | null, seq: number): Promise<Message> {
    const who = someone ?? nobody();
    return await log.amend(room.id, seq, (message) => {
      if (message.author.id === who.id && message.gone === "author") return null;
      own(message, who);
      const { photo } = message;
      return { text: "", gone: "author", poll: undefined, photo: undefined, also: photo && dropping(photo) };
    });
  }

  async function react(
    room: Room,
    someone: Who | null,
    seq: number,
    reaction: Reaction,
    on: boolean,
  ): Promise<Message> {
    const who = writer(room, someone);
    pace(who);
    await order.standing(room, who);
    const key = keys.reacted(room.id, seq, reaction, who.id);
    return await log.amend(room.id, seq, async (message) => {
      if (message.gone || isHidden(who, message)) throw new Problem("not_found");
      const before = await store.get(key);
      if ((before.value !== null) === on) return null;
      const count = Math.max(0, (message.reactions?.[reaction] ?? 0) + (on ? 1 : -1));
      const also = (atomic: Deno.AtomicOperation) => {
        atomic.check({ key, versionstamp: before.versionstamp });
        if (on) atomic.set(key, now());
        else atomic.delete(key);
      };
      return { reactions: { ...message.reactions, [reaction]: count }, also };
    });
  }

  function writer(room: Room, who: Who | null): Who {
    if (!who) return nobody();
    if (!mayWrite(room, who)) throw new Problem(room.closedAt === undefined ? "read_only" : "forbidden");
    return who;
  }

  function pace(who: Who): void {
    const wait = sends(who.id);
    if (wait) throw new Problem("too_many", { wait });
  }

  /** From memory when the room is followed here and the message is not old. */
  async function visible(room: Room, who: Who, seq: number): Promise<Message> {
    const found = hub.rooms().get(room.id)?.ring.at(seq) ?? (await log.messages(room.id, [seq])).at(0);
    if (!found || found.change || found.gone || isHidden(who, found)) throw new Problem("not_found");
    return found;
  }

  function isHidden({ id }: Who, message: Message): boolean {
    const apart = hub.apart(id);
    return apart !== undefined && isOf(message, apart);
  }

  return { say, edit, remove, react };
}

const dropping = ({ id }: Photo) => (atomic: Deno.AtomicOperation) => dropPhoto(atomic, id);

function nobody(): never {
  throw new Problem("unauthenticated");
}

/** Somebody else's message, and one that is gone, cannot be changed; that it is there is no secret in the room. */
function own(message: Message, who: Who): void {
  if (message.gone) throw new Problem("not_found");
  if (message.author.id !== who.id || (message.kind !== "user" && message.kind !== "admin")) {
    throw new Problem("forbidden");
  }
}

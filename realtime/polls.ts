import type { Message } from "../domain/message.ts";
import type { Who } from "../domain/person.ts";
import { Problem } from "../domain/problems.ts";
import { kindOf, mayKeep, mayWrite, type Room } from "../domain/room.ts";
import { keys } from "../kv/keys.ts";
import type { Log } from "../kv/log.ts";
import type { Store } from "../kv/store.ts";
import { openListing } from "./listing.ts";
import type { Order } from "./order.ts";

/** Polls and the question queue: keepers put and close them, members vote. Each is a change of a message of the log. */
export type Polls = {
  ask(room: Room, who: Who, question: string, options: string[]): Promise<Message>;
  /** One vote a person, which may be given to another option while the poll is open. */
  vote(room: Room, who: Who, seq: number, option: number): Promise<Message>;
  close(room: Room, who: Who, seq: number): Promise<Message>;
  /** Takes a question out of the queue. */
  answered(room: Room, who: Who, seq: number): Promise<Message>;
};

export function openPolls({ store, log, order }: { store: Store; log: Log; order: Order }): Polls {
  const listing = openListing(store);

  async function vote(room: Room, who: Who, seq: number, option: number): Promise<Message> {
    if (!mayWrite(room, who)) throw new Problem("forbidden");
    await order.standing(room, who);
    const key = keys.vote(room.id, seq, who.id);
    return await log.amend(room.id, seq, async (message) => {
      const poll = pollOf(message);
      if (poll.closed || !poll.options[option]) throw new Problem("not_found");
      const before = await store.get(key);
      if (before.value === option) return null;
      const options = poll.options.map((one, i) => {
        const change = Number(i === option) - Number(i === before.value);
        return change ? { ...one, votes: Math.max(0, one.votes + change) } : one;
      });
      const also = (atomic: Deno.AtomicOperation) => {
        atomic.check({ key, versionstamp: before.versionstamp }).set(key, option);
      };
      return { poll: { ...poll, options }, also };
    });
  }

  return {
    vote,
    async ask(room, who, question, texts) {
      keeper(room, who);
      await listing(room, who);
      const author = { id: who.id, nickname: who.nickname, role: who.role };
      const poll = { question, options: texts.map((text) => ({ text, votes: 0 })) };
      const { message } = await log.append({ room: room.id, author, kind: kindOf(who), text: question, poll });
      return message;
    },
    async close(room, who, seq) {
      keeper(room, who);
      return await log.amend(room.id, seq, (message) => {
        const poll = pollOf(message);
        return poll.closed ? null : { poll: { ...poll, closed: true } };
      });
    },
    async answered(room, who, seq) {
      keeper(room, who);
      return await log.amend(room.id, seq, (message) => {
        if (!message.asks || message.gone) throw new Problem("not_found");
        return message.answered ? null : { answered: true };
      });
    },
  };
}

function keeper(room: Room, who: Who): void {
  if (!mayKeep(room, who) || room.closedAt !== undefined) throw new Problem("forbidden");
}

function pollOf({ poll, gone }: Message) {
  if (!poll || gone) throw new Problem("not_found");
  return poll;
}

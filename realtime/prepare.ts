import type { Happening } from "../domain/happening.ts";
import type { AnswerState, Message } from "../domain/message.ts";
import type { Room } from "../domain/room.ts";
import type { Asked } from "../kv/answers.ts";

/** An answer that is about to be made: its pieces as they come. */
export type Prepared = {
  read?: number;
  /** Whose words it is made of (`peopleIn`). */
  about?: string[];
  /** In a scene for several: the role that answers. */
  as?: string;
  /** What its entry says besides, once it is whole. */
  event?(): Happening | undefined;
  say(signal: AbortSignal): AsyncIterable<string>;
  /** In place of one that ended before its first word; without it that one counts as interrupted. */
  otherwise?: readonly [text: string, state: AnswerState];
  /** What comes of it, before the next question is answered: nothing slow. */
  after?(answer: Message): Promise<void>;
};
/** What each kind of room does with a question; `null` leaves it alone. */
export type Prepare = (room: Room, asked: Asked, question: Message) => Promise<Prepared | null>;

import { z } from "zod";
import { limits } from "../domain/limits.ts";
import type { Message } from "../domain/message.ts";
import { type Fact, MOST_FACTS, type Recollection } from "../domain/recollection.ts";
import { FRAME, lineOf, sentence } from "./frame.ts";
import type { Model } from "./model.ts";
import { visible } from "./room_window.ts";
import { tokensOf } from "./tokens.ts";

const KEEPER = `${FRAME}

You keep the memory of a long talk, so that it need not be read again. "summary" and "facts" are what is remembered so far,
"messages" what was said since, oldest first. Write the new "summary" of the whole: at most eight sentences that say what
happened and where things stand. "facts" are only the new things worth remembering about the learner or the story,
each one short sentence, with "n", the number of the message that it comes from. Write in the language of the messages.`;

const memory = z.object({
  summary: z.string().max(4_000),
  facts: z.array(z.object({ text: z.string().max(600), n: z.number().int() })).max(12),
});

/** The older half of what is not summed up yet, or as much of it as one step takes, when there is so much of it that it should be; else nothing. */
export function dueForSumming(path: Message[], { upTo, forgotten }: Recollection): Message[] {
  const open = visible(path).filter(({ seq }) => seq > upTo && !forgotten.includes(seq));
  const sizes = open.map((one) => tokensOf(JSON.stringify(lineOf(one))));
  const total = sizes.reduce((sum, size) => sum + size, 0);
  if (total <= limits.aiRoom.summed) return [];
  const most = Math.min(total / 2, limits.aiRoom.summed);
  let taken = 0;
  return open.slice(0, open.findIndex((_, n) => (taken += sizes[n]) > most) + 1);
}

/** What is remembered once these are summed up too. Throws as `Model.structured` does. */
export async function sumUpTalk(
  model: Model,
  before: Recollection,
  messages: Message[],
  signal?: AbortSignal,
): Promise<Recollection> {
  const { summary, facts } = before;
  const user = JSON.stringify({ summary, facts: facts.map(({ text }) => text), messages: messages.map(lineOf) });
  const found = await model.structured({ name: "remember", system: KEEPER, user, schema: memory }, { signal });
  const known = new Set(messages.map(({ seq }) => seq));
  const fresh = found.facts.filter(({ n }) => known.has(n)).map(({ text, n }): Fact => ({
    text: sentence(text, 200),
    seq: n,
  })).filter(({ text }) => text !== "");
  return {
    ...before,
    summary: [...found.summary.trim()].slice(0, 2_000).join(""),
    facts: [...facts, ...fresh].slice(-MOST_FACTS),
    upTo: messages.at(-1)!.seq,
  };
}

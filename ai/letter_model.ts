import type { z } from "zod";
import { isCrisis } from "../domain/crisis.ts";
import { CROWD } from "../domain/letter.ts";
import { Problem } from "../domain/problems.ts";
import type { Counted, Day } from "./letter_count.ts";
import {
  againPrompt,
  letterPrompt,
  type LetterTexts,
  letterTexts,
  mergePrompt,
  type Note,
  note,
  notePrompt,
} from "./letter_prompts.ts";
import type { Ask, Model } from "./model.ts";
import { tokensOf } from "./tokens.ts";

export type Asking = {
  model: Model;
  /** Called before each request: throws when somebody else writes this letter by now. */
  alive(): Promise<void>;
  pause(ms: number, signal: AbortSignal): Promise<void>;
  /** Ends the writing: it rejects with the signal's reason. */
  signal: AbortSignal;
};
/** What the letter is made from: the buzzes themselves when they fit in one request, else notes, else figures alone. */
export type Material = { buzzes: Quoted[] } | { notes: Note[] } | Record<string, never>;
type Quoted = { text: string; mood?: string };

/** Between the tries of one request; each try has patience and retries of its own. */
const PAUSES = [3_000, 20_000];
const AT_ONCE = 4;
/** The part of the window for people's words; the rest is for our own and the answer. */
const SHARE = 0.6;
const LETTER_TOKENS = 6_000;
const NOTE_TOKENS = 1_500;

/** Map and reduce: any number of buzzes, each read once, each request inside the model's window. */
export async function gather(day: Day, counted: Counted, asking: Asking): Promise<Material> {
  if (counted.writers < CROWD) return {};
  const budget = Math.floor(asking.model.window * SHARE);
  const parts = inParts(quoted(day), budget);
  const first = await parts.next();
  if (first.done) return {};
  const second = await parts.next();
  if (second.done) return { buzzes: first.value };
  async function* all() {
    yield first.value as Quoted[];
    yield second.value as Quoted[];
    yield* parts;
  }
  const taken = await inParallel(
    all(),
    (buzzes) => request(asking, note, noteAsk("letter_map", notePrompt, { buzzes })),
  );
  return { notes: await merge(taken, budget, asking) };
}

/** `faults`: what was wrong with the letter before, when this is the second try. */
export function compose(material: Material, counted: Counted, asking: Asking, faults: string[]): Promise<LetterTexts> {
  const { buzzes, writers, moods } = counted;
  const system = letterPrompt(counted.date) + (faults.length ? againPrompt(faults) : "");
  const user = JSON.stringify({ figures: { buzzes, writers, moods }, ...material });
  return request(asking, letterTexts, { name: "letter", system, user, maxTokens: LETTER_TOKENS });
}

async function merge(notes: Note[], budget: number, asking: Asking): Promise<Note[]> {
  if (tokensOf(JSON.stringify(notes)) <= budget || notes.length === 1) return notes;
  const merged = await inParallel(
    inParts(notes, budget),
    (some) =>
      some.length === 1
        ? Promise.resolve(some[0])
        : request(asking, note, noteAsk("letter_reduce", mergePrompt, { notes: some })),
  );
  return merged.length < notes.length ? merge(merged, budget, asking) : merged;
}

const noteAsk = (name: string, system: string, data: unknown): Ask => ({
  name,
  system,
  user: JSON.stringify(data),
  maxTokens: NOTE_TOKENS,
});

async function request<T>({ model, alive, pause, signal }: Asking, schema: z.ZodType<T>, ask: Ask): Promise<T> {
  for (let tries = 0;; tries++) {
    await alive();
    try {
      return await model.structured({ ...ask, schema }, { signal });
    } catch (error) {
      const resting = error instanceof Problem && error.code === "companion_resting";
      if (!resting || tries === PAUSES.length) throw error;
      await pause(PAUSES[tries], signal);
    }
  }
}

async function* quoted(day: Day): AsyncGenerator<Quoted> {
  for await (const { text, mood } of day.buzzes()) if (!isCrisis(text)) yield { text, mood };
}

/** Groups that fit in a request, in order; one that is too large for itself goes alone. */
async function* inParts<T>(items: AsyncIterable<T> | T[], budget: number): AsyncGenerator<T[]> {
  let part: T[] = [], size = 0;
  for await (const item of items) {
    const tokens = tokensOf(JSON.stringify(item));
    if (part.length && size + tokens > budget) yield part, part = [], size = 0;
    part.push(item);
    size += tokens;
  }
  if (part.length) yield part;
}

/** A few at a time; after a failure nothing new begins. The results stand in the order of the items. */
async function inParallel<T, R>(items: AsyncIterator<T>, work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  let count = 0, failed = false;
  async function worker(): Promise<void> {
    while (!failed) {
      const next = await items.next();
      if (next.done) return;
      const place = count++;
      results[place] = await work(next.value);
    }
  }
  const workers = Array.from({ length: AT_ONCE }, () =>
    worker().catch((error) => {
      failed = true;
      throw error;
    }));
  for (const end of await Promise.allSettled(workers)) if (end.status === "rejected") throw end.reason;
  return results;
}

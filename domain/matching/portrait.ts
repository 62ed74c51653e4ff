import type { Intention, MatchProfile, Tongue } from "../profile.ts";
import { fold } from "../grams.ts";
import { type Mood, moods } from "../mood.ts";
import { termsOf } from "./terms.ts";
import { meant, type Vector, vectorOf } from "./vector.ts";

/** Something of one's own writing, where its owner lets it be read. */
export type Writing = { room: string; seq: number; at: number; text: string; mood?: Mood };
/** What the engine knows of a person: it is compared with others', and stands in the index. */
export type Portrait = {
  id: string;
  birthYear: number;
  intentions: Intention[];
  speaks: Tongue[];
  learns: Tongue[];
  wants: Tongue[];
  ages: { from: number; to: number };
  /** Folded, as is the region. */
  interests: string[];
  region: string;
  /** Of the profile's own words and of what may be read of the person's writing. */
  text: Vector;
  /** The same by a model; comparable only with one that the same model made. */
  meaning?: { by: string; vector: Vector };
  /** Shares of 255, in the order of the moods; absent where none may be read. */
  moods?: Uint8Array;
  /** Parts of a comparison, and of the profile, that the person said are not true: they do not count for them. */
  mutes: string[];
};
/** What somebody says is not true: an interest, a word, a message, or a whole part of the comparison. */
export type Signal = string;
export const signalOf = (kind: "interest" | "term" | "buzz" | "prompt", what: string): Signal => `${kind}:${what}`;
export const mutable = ["languages", "region", "intention"] as const;

type Facts = { id: string; profile: MatchProfile; writings: Writing[]; untrue: ReadonlySet<Signal> };
/** A word somebody wrote, how often, and the newest message that has it. */
export type Term = { term: string; times: number; from: Pick<Writing, "room" | "seq" | "at"> };

/** What is left when everything that is not true is taken out. */
export function truths({ profile, writings, untrue }: Omit<Facts, "id">) {
  const interests = profile.interests.filter((one) => !untrue.has(signalOf("interest", fold(one))));
  const prompts = Object.entries(profile.prompts).filter(([name]) => !untrue.has(signalOf("prompt", name)));
  const read = writings.filter(({ room, seq }) => !untrue.has(signalOf("buzz", `${room}:${seq}`)));
  return { interests, prompts, writings: read };
}

/** Words are counted once a message, so that nobody is what they repeat. The same facts give the same portrait. */
export function portraitOf({ id, profile, writings, untrue }: Facts): { portrait: Portrait; terms: Term[] } {
  const true_ = truths({ profile, writings, untrue });
  const terms = countTerms(true_.writings).filter(({ term }) => !untrue.has(signalOf("term", term)));
  const weights = new Map(terms.map(({ term, times }) => [term, 1 + Math.log(times)]));
  for (const term of [...true_.interests, ...true_.prompts.map(([, text]) => text)].flatMap(termsOf)) {
    if (!untrue.has(signalOf("term", term))) weights.set(term, (weights.get(term) ?? 0) + 1);
  }
  const { birthYear, intentions, speaks, learns, wants, ages } = profile;
  const portrait: Portrait = {
    id,
    birthYear,
    intentions,
    speaks,
    learns,
    wants,
    ages,
    interests: true_.interests.map(fold),
    region: fold(profile.region),
    text: vectorOf(weights),
    moods: moodsOf(true_.writings),
    mutes: [...untrue].filter((one) => one.startsWith("prompt:") || mutable.some((part) => part === one)),
  };
  return { portrait, terms };
}

/** The same portrait with what a model made of the words. */
export const withMeaning = (portrait: Portrait, by: string, numbers: number[]): Portrait => ({
  ...portrait,
  meaning: { by, vector: meant(numbers) },
});

/** Most frequent first, then the newest. */
function countTerms(writings: Writing[]): Term[] {
  const found = new Map<string, Term>();
  for (const { text, room, seq, at } of writings.toSorted((a, b) => a.at - b.at || a.seq - b.seq)) {
    for (const term of new Set(termsOf(text))) {
      found.set(term, { term, times: (found.get(term)?.times ?? 0) + 1, from: { room, seq, at } });
    }
  }
  return [...found.values()].sort((a, b) => b.times - a.times || b.from.at - a.from.at || (a.term < b.term ? -1 : 1));
}

function moodsOf(writings: Writing[]): Uint8Array | undefined {
  const chosen = writings.flatMap(({ mood }) => mood ?? []);
  if (!chosen.length) return undefined;
  const share = (mood: Mood) => chosen.filter((one) => one === mood).length / chosen.length;
  return Uint8Array.from(moods, (mood) => Math.round(share(mood) * 255));
}

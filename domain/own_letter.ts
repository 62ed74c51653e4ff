import { z } from "zod";
import { gramsOf } from "./grams.ts";
import type { Mood } from "./mood.ts";
import type { Lang } from "./person.ts";

export const tones = ["gentle", "plain", "bright"] as const;
export type Tone = (typeof tones)[number];
/** How many claims a letter has at most. */
export const lengths = { short: 3, long: 8 } as const;
export type Length = keyof typeof lengths;
export const objections = ["wrong", "unwanted", "repeated"] as const;
/** Why a claim is "not this". */
export type Objection = (typeof objections)[number];

/** What the member's own letter may be made from, each switched on by itself. */
export const sourceSurfaces = ["plaza", "live"] as const;
export type SourceSurface = (typeof sourceSurfaces)[number];

export const ownLetterWish = z.object({
  on: z.boolean(),
  tone: z.enum(tones),
  length: z.enum(Object.keys(lengths) as [Length, ...Length[]]),
  surfaces: z.array(z.enum(sourceSurfaces)).max(sourceSurfaces.length),
});
export type OwnLetterWish = z.infer<typeof ownLetterWish>;
export const noWish: OwnLetterWish = { on: false, tone: "gentle", length: "short", surfaces: ["plaza"] };

/** Where a claim comes from: a message of the member's own. */
export type Source = { room: string; seq: number };
export const nameOf = ({ room, seq }: Source): string => `${room} ${seq}`;
/** An entry that a letter may speak of. `at` is epoch milliseconds. */
export type OwnEntry = Source & { at: number; text: string; mood?: Mood };
/** One sentence about the member. `topic` tells a claim of the offline letter from others of its kind. */
export type Claim = { text: string; sources: Source[]; topic?: string; not?: Objection };

/** The member's half of the letter of a date. `by` is the model's name, or "offline". */
export type OwnLetter = { date: string; writtenAt: number; lang: Lang; by: string; tone: Tone; claims: Claim[] };

/** What a member did not want said, with where it came from: the next letter is asked to leave it. */
export type NotThis = Omit<Claim, "not"> & { why: Objection };

/** Words that a claim shares with its sources, at least. */
const SHARED = 0.35;

/**
 * Whether a claim says no more than its sources do, as far as letters tell: most of it stands in them, and so does each
 * number and each word of another script, for these are names, dates and sums. It errs on the side of dropping.
 */
export function isGrounded(claim: string, sources: readonly Pick<OwnEntry, "text">[]): boolean {
  const said = new Set(sources.flatMap(({ text }) => gramsOf(text)));
  const grams = gramsOf(claim);
  if (!sources.length || !grams.length) return false;
  if (grams.some((gram) => isHard(gram, grams) && !said.has(gram))) return false;
  return grams.filter((gram) => said.has(gram)).length / grams.length >= SHARED;
}

/** Numbers always; Latin words in a sentence that is not Latin itself. */
function isHard(gram: string, grams: string[]): boolean {
  if (/\p{N}/u.test(gram)) return true;
  const isLatin = (one: string) => /^\p{Script=Latin}+$/u.test(one);
  return isLatin(gram) && grams.filter(isLatin).length * 2 < grams.length;
}

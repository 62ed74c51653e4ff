import { ageOf } from "../profile.ts";
import { sharedIntentions } from "./filters.ts";
import type { Portrait } from "./portrait.ts";
import { cosine } from "./vector.ts";

/** How much each part of a comparison weighs. What is not known of one of the two neither helps nor harms. */
const weights = { words: 5, interests: 3, moods: 0.5, languages: 1, region: 0.5, ages: 0.5 };

export type Ranked = { portrait: Portrait; score: number };

/** Those most likely to suit each other first. Pure: the same people give the same order. */
export function rank(me: Portrait, people: Portrait[], now: number): Ranked[] {
  return people.map((portrait) => ({ portrait, score: reciprocal(me, portrait, now) }))
    .sort((a, b) => b.score - a.score || (a.portrait.id < b.portrait.id ? -1 : 1));
}

/** Both must want it: the geometric mean of the two ways. From 0 to 1. */
export const reciprocal = (a: Portrait, b: Portrait, now: number): number =>
  Math.sqrt(oneWay(a, b, now) * oneWay(b, a, now));

function oneWay(from: Portrait, to: Portrait, now: number): number {
  const mutes = new Set(from.mutes);
  const parts: [weight: number, value: number | null][] = [
    [weights.words, words(from, to)],
    [weights.interests, overlap(from.interests, to.interests)],
    [weights.moods, moodsOf(from, to)],
    [weights.languages, mutes.has("languages") ? null : languages(from, to)],
    [weights.region, mutes.has("region") || !from.region || !to.region ? null : Number(from.region === to.region)],
    [weights.ages, nearness(from, to, now)],
  ];
  const known = parts.filter((part): part is [number, number] => part[1] !== null);
  const sum = known.reduce((sum, [weight]) => sum + weight, 0);
  return known.reduce((all, [weight, value]) => all + weight * value, 0) / sum;
}

function words(a: Portrait, b: Portrait): number | null {
  const model = a.meaning && a.meaning.by === b.meaning?.by ? cosine(a.meaning.vector, b.meaning.vector) : null;
  const text = cosine(a.text, b.text);
  return Math.max(0, model === null ? text : (model + text) / 2);
}

function overlap(some: string[], others: string[]): number | null {
  if (!some.length || !others.length) return null;
  const shared = some.filter((one) => others.includes(one)).length;
  return shared / Math.sqrt(some.length * others.length);
}

function moodsOf({ moods: a }: Portrait, { moods: b }: Portrait): number | null {
  return a && b ? 1 - a.reduce((sum, share, i) => sum + Math.abs(share - b[i]), 0) / (2 * 255) : null;
}

/** The more of what I learn the other speaks, the better; among friends any common language is as good. */
function languages(from: Portrait, to: Portrait): number | null {
  if (!sharedIntentions(from, to).includes("language")) return null;
  return from.learns.filter((one) => to.speaks.includes(one)).length / from.learns.length;
}

const nearness = (a: Portrait, b: Portrait, now: number): number =>
  1 - Math.min(1, Math.abs(ageOf(a.birthYear, now) - ageOf(b.birthYear, now)) / 30);

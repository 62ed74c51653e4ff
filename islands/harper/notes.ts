import type { Correction } from "../../domain/correction.ts";
import { type CorrectionLevel, type MistakeKind, MOST_CORRECTIONS } from "../../domain/mistake.ts";
import type { Found } from "./harper.worker.ts";

/** A sentence of the text with what Harper would change; `about` are its own words for the first change, in English. */
export type Note = Pick<Correction, "said" | "better" | "kind"> & { about: string };

/** Harper's kinds by ours; every other one is grammar. */
const kinds: Record<string, MistakeKind> = {
  Spelling: "spelling",
  Typo: "spelling",
  Capitalization: "spelling",
  Punctuation: "spelling",
  Formatting: "spelling",
  BoundaryError: "spelling",
  WordChoice: "word",
  Eggcorn: "word",
  Malapropism: "word",
  Usage: "word",
  WordOrder: "order",
  Style: "natural",
  Enhancement: "natural",
  Readability: "natural",
  Redundancy: "natural",
  Regionalism: "natural",
  Nonstandard: "natural",
};
const sentences = new Intl.Segmenter("en", { granularity: "sentence" });
const foreign = /[^\p{Script=Latin}\p{N}\p{P}\p{S}\s]/u;

type Change = { from: number; to: number; better: string; kind: MistakeKind; about: string };

/** One note for each sentence that Harper knows a better form of; words of other scripts are left alone. */
export function notesOf(text: string, found: Found[], level: CorrectionLevel): Note[] {
  const changes = changesOf(text, found).filter(({ kind }) => level === "strict" || kind !== "natural");
  return [...sentences.segment(text)].flatMap(({ segment, index }) => {
    const inside = changes.filter(({ from, to }) => from >= index && to <= index + segment.length);
    const better = inside.reduceRight((said, change) => {
      return said.slice(0, change.from - index) + change.better + said.slice(change.to - index);
    }, segment).trim();
    const said = segment.trim();
    return inside.length && better !== said ? [{ said, better, kind: inside[0].kind, about: inside[0].about }] : [];
  }).slice(0, MOST_CORRECTIONS[level]);
}

/** In the order of the text, none reaching into another. */
function changesOf(text: string, found: Found[]): Change[] {
  const places = [0];
  for (const character of text) places.push(places.at(-1)! + character.length);
  let end = 0;
  return [...found].sort((a, b) => a.start - b.start).flatMap(({ start, end: stop, kind, message, better }) => {
    const from = places[start], to = places[stop];
    if (better === undefined || from < end || foreign.test(text.slice(from, to))) return [];
    end = to;
    return [{ from, to, better, kind: kinds[kind] ?? "grammar", about: message }];
  });
}

import { fold } from "../grams.ts";
import type { Intention, MatchProfile } from "../profile.ts";
import { sharedIntentions } from "./filters.ts";
import { type Portrait, type Signal, signalOf, type Term } from "./portrait.ts";

export const profileLines = ["interests", "languages", "region", "intention", "prompts"] as const;
export type ProfileLine = (typeof profileLines)[number];
/** Where a reason comes from: a line of a profile, or one of the reader's own public buzzes. */
export type Source = { kind: "profile"; line: ProfileLine } | { kind: "buzz"; room: string; seq: number; at: number };
/** `signal` is what "not true" takes out. */
export type Reason = { signal: Signal; text: string; source: Source };
/** What two people share, before anybody has put it into words. */
export type SharedFact =
  & { signal: Signal; source: Source }
  & (
    | { what: "interest" | "region"; name: string }
    /** `beside` is the other's newest message with the word; only that it is there is asked. */
    | { what: "term"; name: string; beside: Term["from"] }
    | { what: "languages" }
    | { what: "intention"; intention: Intention }
  );

export const MOST_REASONS = 3;

export type Side = { portrait: Portrait; profile: MatchProfile; terms: Term[] };

/** What the reader (`me`) shares with somebody, the most telling first. Of the other's writing only common words show. */
export function sharedFacts(me: Side, other: Side): SharedFact[] {
  const muted = new Set(me.portrait.mutes);
  const theirs = new Map(other.terms.map(({ term, from }) => [term, from]));
  const alike = me.portrait.interests.filter((one) => other.portrait.interests.includes(one));
  const terms = me.terms.filter(({ term }) => theirs.has(term) && !alike.includes(term)).map((
    { term, from },
  ): SharedFact => ({
    what: "term",
    name: term,
    beside: theirs.get(term)!,
    signal: signalOf("term", term),
    source: { kind: "buzz", ...from },
  }));
  const interests = me.profile.interests.filter((one) => alike.includes(fold(one))).map((name): SharedFact => ({
    what: "interest",
    name,
    signal: signalOf("interest", fold(name)),
    source: { kind: "profile", line: "interests" },
  }));
  const shared = sharedIntentions(me.portrait, other.portrait);
  const facts: SharedFact[] = [...interests.slice(0, 1), ...terms.slice(0, 1)];
  if (shared.includes("language") && !muted.has("languages")) facts.push({ what: "languages", ...line("languages") });
  facts.push(...interests.slice(1), ...terms.slice(1, 3));
  if (me.portrait.region && me.portrait.region === other.portrait.region && !muted.has("region")) {
    facts.push({ what: "region", name: me.profile.region, ...line("region") });
  }
  if (shared[0] && !muted.has("intention")) {
    facts.push({ what: "intention", intention: shared[0], ...line("intention") });
  }
  return facts;
}

const line = (line: ProfileLine) => ({ signal: line, source: { kind: "profile", line } as const });

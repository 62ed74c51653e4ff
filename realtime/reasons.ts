import { type Line, plainReasons, sayReasons, type Shown } from "../ai/reasons.ts";
import type { Model } from "../ai/model.ts";
import { withinTime } from "../ai/patience.ts";
import { surfaceOf } from "../domain/consent.ts";
import { fold } from "../domain/grams.ts";
import { limits } from "../domain/limits.ts";
import type { LogLine } from "../domain/logger.ts";
import { signalOf } from "../domain/matching/portrait.ts";
import { type Reason, type SharedFact, sharedFacts, type Side } from "../domain/matching/reasons.ts";
import type { Lang } from "../domain/person.ts";
import { Problem } from "../domain/problems.ts";
import { noteSent, unwilling } from "../kv/consents.ts";
import { keepReasons, recallReasons } from "../kv/kept_reasons.ts";
import type { Log } from "../kv/log.ts";
import type { Store } from "../kv/store.ts";
import { take } from "../kv/windows.ts";

const PATIENCE = 6_000;
const MOST_BUZZES = 6;

/** Why the first of two is shown the second: in the model's words where there is one, else in ours. */
export type ReasonsFor = (sides: [me: Side, other: Side], lang: Lang) => Promise<Reason[]>;

export function openReasons({ store, log, model, now, scale, line }: {
  store: Store;
  log: Log;
  model: Model;
  now: () => number;
  scale: number;
  line: LogLine;
}): ReasonsFor {
  return async (sides, lang) => {
    const facts = await standing(log, sharedFacts(...sides));
    return await told(sides, facts, lang) ?? plainReasons(facts, lang);
  };

  async function told([me, other]: [Side, Side], facts: SharedFact[], lang: Lang): Promise<Reason[] | null> {
    if (!model.name) return null;
    const shown = await show(me, other, facts);
    if (!shown.mine.length) return null;
    const pair: [string, string] = [me.portrait.id, other.portrait.id];
    if ((await unwilling(store, "matching", pair)).size) return null;
    const fingerprint = await digest(JSON.stringify([model.name, shown]));
    const known = await recallReasons(store, pair, { fingerprint, lang, now: now() });
    if (known) return known;
    const time = withinTime(PATIENCE);
    try {
      await take(store, "reasonsByPerson", pair[0], now(), scale);
      await noteReading(pair, shown);
      const reasons = await sayReasons(model, lang, shown, time.signal);
      if (!reasons.length) return null;
      await keepReasons(store, pair, { fingerprint, lang, reasons, expiresAt: now() + limits.match.reasons });
      return reasons;
    } catch (error) {
      line("warn", "reasons_failed", { error: error instanceof Problem ? error.code : "?" });
      return null;
    } finally {
      time.end();
    }
  }

  /** Before the model is asked: what of the two it is about to be sent. */
  async function noteReading([me, other]: [string, string], { mine, theirs }: Shown): Promise<void> {
    const surface = ({ source }: Line) => source.kind === "profile" ? "matching" : surfaceOf(source);
    for (const [where, lines] of Map.groupBy(mine, surface)) {
      await noteSent(store, now(), { task: "matching", surface: where }, lines.map(() => me));
    }
    await noteSent(store, now(), { task: "matching", surface: "matching" }, theirs.map(() => other));
  }

  /** The reader's own lines and buzzes; of the other what others see, and the words that both used. */
  async function show(me: Side, other: Side, facts: SharedFact[]): Promise<Shown> {
    const buzzes = await Promise.all(
      facts.flatMap(({ source }) => source.kind === "buzz" ? [source] : []).slice(0, MOST_BUZZES)
        .map(async (source): Promise<Line> => ({
          text: await textOf(log, source) ?? "",
          source,
          signal: signalOf("buzz", `${source.room}:${source.seq}`),
        })),
    );
    const { interests, prompts, speaks, learns } = other.profile;
    return {
      mine: [...linesOf(me), ...buzzes.filter(({ text }) => text !== "")],
      theirs: [
        ...interests,
        ...Object.values(prompts),
        `speaks ${speaks}`,
        ...(learns.length ? [`learns ${learns}`] : []),
      ],
      shared: facts.flatMap((fact) => fact.what === "term" ? [fact.name] : []),
    };
  }
}

/** A buzz that was taken away meanwhile is no source any more. */
export async function standing(log: Log, facts: SharedFact[]): Promise<SharedFact[]> {
  const there = await Promise.all(facts.map(async (fact) => {
    const { source } = fact;
    const buzzes = [...(source.kind === "buzz" ? [source] : []), ...(fact.what === "term" ? [fact.beside] : [])];
    return (await Promise.all(buzzes.map((one) => textOf(log, one)))).every((text) => text !== undefined);
  }));
  return facts.filter((_, i) => there[i]);
}

async function textOf(log: Log, { room, seq }: { room: string; seq: number }): Promise<string | undefined> {
  const [message] = await log.messages(room, [seq]);
  return message?.gone ? undefined : message?.text;
}

/** A profile line by line, without what its owner said is not true. */
function linesOf({ profile, portrait }: Side): Line[] {
  const muted = new Set(portrait.mutes);
  const interests = profile.interests.filter((one) => portrait.interests.includes(fold(one)));
  return [
    ...interests.map((text): Line => ({
      text,
      source: { kind: "profile", line: "interests" },
      signal: signalOf("interest", fold(text)),
    })),
    ...Object.entries(profile.prompts).map(([name, text]): Line => ({
      text,
      source: { kind: "profile", line: "prompts" },
      signal: signalOf("prompt", name),
    })).filter(({ signal }) => !muted.has(signal)),
    ...(muted.has("languages") ? [] : [languagesLine(profile)]),
  ];
}

const languagesLine = ({ speaks, learns }: Side["profile"]): Line => ({
  text: `speaks ${speaks}; learns ${learns}`,
  source: { kind: "profile", line: "languages" },
  signal: "languages",
});

async function digest(text: string): Promise<string> {
  const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return new Uint8Array(hash, 0, 16).toHex();
}

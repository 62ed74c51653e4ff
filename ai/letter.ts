import type { Letter } from "../domain/letter.ts";
import { faultOf, type LogLine } from "../domain/logger.ts";
import { langs } from "../domain/person.ts";
import { Problem } from "../domain/problems.ts";
import { countDay, type Counted, type Day } from "./letter_count.ts";
import { type Faults, faultsOf, forEachLang } from "./letter_guard.ts";
import { type Asking, compose, gather } from "./letter_model.ts";
import { writeOffline } from "./letter_offline.ts";
import type { LetterTexts } from "./letter_prompts.ts";

type Written = Pick<Letter, "by" | "quiet" | "buzzes" | "writers" | "moods" | "texts">;

/**
 * The letter of a day. It always comes: a language in which the model fails, or breaks the rules twice, gets the
 * hand-written letter, and `by` says so ("offline", or "gpt-4o-mini, offline: ko"). Rejects only when it is stopped,
 * when the claim is lost, or when the buzzes cannot be read.
 */
export async function writeLetter(day: Day, asking: Asking, line: LogLine): Promise<Written> {
  const counted = await countDay(day);
  const { buzzes, writers, moods } = counted;
  const asked = asking.model.name && buzzes > 0 ? await askFor(day, counted, asking, line) : {};
  const texts = forEachLang((lang) => asked[lang] ?? writeOffline(counted, lang));
  const missing = langs.filter((lang) => !asked[lang]);
  const by = missing.length === langs.length
    ? "offline"
    : missing.length
    ? `${asking.model.name}, offline: ${missing.join(" ")}`
    : asking.model.name!;
  return { by, quiet: buzzes === 0, buzzes, writers, moods, texts };
}

/** The languages in which the model wrote a good letter, after one second chance. */
async function askFor(day: Day, counted: Counted, asking: Asking, line: LogLine): Promise<Partial<LetterTexts>> {
  let good: Partial<LetterTexts> = {};
  try {
    const material = await gather(day, counted, asking);
    let faults: Faults | undefined;
    for (let tries = 0; tries < 2; tries++) {
      const complaints = faults ? langs.flatMap((lang) => faults![lang].map((fault) => `${lang}: ${fault}`)) : [];
      const texts = await compose(material, counted, asking, complaints);
      faults = await faultsOf(texts, day, counted);
      for (const lang of langs) if (!faults[lang].length) good = { ...good, [lang]: texts[lang] };
      if (langs.every((lang) => good[lang])) return good;
      line("warn", "letter_against_rules", { date: counted.date, tries, faults: Object.values(faults).flat().length });
    }
  } catch (error) {
    const resting = error instanceof Problem && error.code === "companion_resting";
    if (asking.signal.aborted || (error instanceof Problem && !resting)) throw error;
    line("warn", "letter_without_model", { date: counted.date, ...(!resting && faultOf(error)) });
  }
  return good;
}

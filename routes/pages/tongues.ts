import type { Lang } from "../../domain/person.ts";
import type { Tongue } from "../../domain/profile.ts";

const names = new Map<Lang, Intl.DisplayNames>();

/** What a language is called in another. */
export function tongueIn(lang: Lang, tongue: Tongue): string {
  const known = names.get(lang) ?? new Intl.DisplayNames(lang, { type: "language" });
  names.set(lang, known);
  return known.of(tongue) ?? tongue;
}

import type { Login } from "../kv/keys.ts";
import type { AppContext } from "./context.ts";

/** "Chrome · Android", as far as it is known. */
export function deviceInWords(c: AppContext, { device: { browser, system } }: Login): string {
  return [browser, system].filter(Boolean).join(" · ") || c.var.words.trust.sessions.unknownDevice;
}

/** The country's name; nothing finer is known, and often not even that. */
export function placeInWords(c: AppContext, { country }: Login): string {
  const { lang, words } = c.var;
  const unknown = words.trust.sessions.unknownPlace;
  if (!country) return unknown;
  return new Intl.DisplayNames(lang, { type: "region", fallback: "none" }).of(country) ?? unknown;
}

import type { MiddlewareHandler } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import { accepts } from "hono/accepts";
import { type Lang, langs } from "../domain/person.ts";
import { wordsIn } from "../domain/words/words.ts";
import type { AppContext, AppEnv } from "./context.ts";

export const themes = ["light", "dark"] as const;
/** What a reader may choose and the browser then keeps; `auto` follows the device. */
export type Choices = { lang?: Lang; theme?: "auto" | (typeof themes)[number] };
const year = { path: "/", sameSite: "Lax", maxAge: 365 * 24 * 3600 } as const;

/** The reader's language and theme: what the address asks for (and the browser then keeps), the cookie, the browser's wish. */
export const speak: MiddlewareHandler<AppEnv> = async (c, next) => {
  const asked = oneOf(langs, c.req.query("lang"));
  const lang = asked ?? oneOf(langs, getCookie(c, "jb_lang")) ?? wished(c) ?? "ko";
  c.set("lang", lang);
  c.set("words", wordsIn(lang));

  const theme = c.req.query("theme");
  const chosen = oneOf(themes, theme);
  c.set("theme", theme === "auto" ? undefined : chosen ?? oneOf(themes, getCookie(c, "jb_theme")));
  keepChoices(c, { lang: asked, theme: theme === "auto" ? theme : chosen });

  await next();
  if (c.res.status !== 101) c.res.headers.append("Vary", "Accept-Language");
};

/** What is left out stays as it is. */
export function keepChoices(c: AppContext, { lang, theme }: Choices): void {
  if (lang) setCookie(c, "jb_lang", lang, year);
  if (theme) setCookie(c, "jb_theme", theme === "auto" ? "" : theme, theme === "auto" ? { ...year, maxAge: 0 } : year);
}

/** The first of our languages that the browser names, by its weight. */
function wished(c: AppContext): Lang | undefined {
  const found = accepts(c, {
    header: "Accept-Language",
    supports: [...langs],
    default: "",
    match: (wishes) =>
      wishes.filter(({ q }) => q > 0).sort((a, b) => b.q - a.q).map(({ type }) => type.slice(0, 2).toLowerCase())
        .find((lang) => oneOf(langs, lang)) ?? "",
  });
  return oneOf(langs, found);
}

const oneOf = <T extends string>(all: readonly T[], value: string | undefined): T | undefined =>
  all.find((one) => one === value);

import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import type { Settings } from "../adapters/env.ts";
import { limits } from "../domain/limits.ts";
import type { Tokens } from "../domain/person.ts";
import type { AppContext } from "./context.ts";

type Where = Pick<Settings, "publicUrl">;

const isSecure = (env: Where): boolean => env.publicUrl?.startsWith("https:") ?? false;
const nameOf = (env: Where, name: string): string => `${isSecure(env) ? "__Host-" : ""}jb_${name}`;

/** The tokens a browser brings. */
export function tokenCookies(c: AppContext, env: Where): { access?: string; refresh?: string } {
  return { access: getCookie(c, nameOf(env, "access")), refresh: getCookie(c, nameOf(env, "refresh")) };
}

/** Gives a browser its tokens; no script can read them. */
export function setTokenCookies(c: AppContext, env: Where, tokens: Tokens): void {
  const common = { httpOnly: true, sameSite: "Lax", path: "/", secure: isSecure(env) } as const;
  setCookie(c, nameOf(env, "access"), tokens.accessToken, { ...common, maxAge: limits.accessToken / 1000 });
  setCookie(c, nameOf(env, "refresh"), tokens.refreshToken, { ...common, maxAge: limits.refreshToken / 1000 });
}

export function clearTokenCookies(c: AppContext, env: Where): void {
  for (const name of ["access", "refresh"]) deleteCookie(c, nameOf(env, name), { path: "/", secure: isSecure(env) });
}

/** Whether the answer already says what the browser's tokens shall be. */
export function saysTokens(answer: Response, env: Where): boolean {
  return answer.headers.getSetCookie().some((cookie) => cookie.startsWith(`${nameOf(env, "refresh")}=`));
}

/** Secret words that a browser brings back within ten minutes: of a way to a provider, of somebody who came from one. */
export type Word = "flow" | "newcomer";

export const wordOf = (c: AppContext, env: Where, name: Word): string | undefined => getCookie(c, nameOf(env, name));

export function setWord(c: AppContext, env: Where, name: Word, word: string): void {
  const maxAge = limits.flow / 1000;
  // Lax: the way back from a provider is a link from another site.
  setCookie(c, nameOf(env, name), word, { httpOnly: true, sameSite: "Lax", path: "/", secure: isSecure(env), maxAge });
}

export function dropWord(c: AppContext, env: Where, name: Word): void {
  deleteCookie(c, nameOf(env, name), { path: "/", secure: isSecure(env) });
}

import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import type { AppContext } from "../context.ts";

const NAME = "jb_draft";

/** What a guest without scripts wanted to say waits in the browser while they log in: ten minutes, unseen by scripts. */
export function keepDraft(c: AppContext, text: string): void {
  const kept = new TextEncoder().encode(text.slice(0, 1000)).toBase64({ alphabet: "base64url" });
  setCookie(c, NAME, kept, { path: "/", httpOnly: true, sameSite: "Lax", maxAge: 600 });
}

/** The kept draft, or "". It is given back once, to the one who is in. */
export function draftOf(c: AppContext): string {
  const kept = getCookie(c, NAME);
  if (!kept) return "";
  if (c.var.who) deleteCookie(c, NAME, { path: "/" });
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(Uint8Array.fromBase64(kept, { alphabet: "base64url" }));
  } catch {
    return "";
  }
}

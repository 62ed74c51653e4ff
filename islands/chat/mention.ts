import type { Message } from "../../domain/message.ts";

const MOST = 6;

/** The name that is being typed before the caret, without its `@`; `null` when none is. */
export function callIn(text: string, caret: number): string | null {
  return /(?:^|\s)@([^\s@]{0,20})$/u.exec(text.slice(0, caret))?.[1] ?? null;
}

/** Names that fit, those first that begin with what is typed: the companion, who is here, who spoke lately. */
export function namesFor(
  call: string,
  parts: { companion?: string; here: string[]; items: Message[]; me: string },
): string[] {
  const spoke = parts.items.slice(-100).reverse().filter(({ gone }) => !gone).map(({ author }) => author.nickname);
  const all = [...new Set([...(parts.companion ? [parts.companion] : []), ...spoke, ...parts.here])];
  const low = call.toLocaleLowerCase();
  const fitting = all.filter((name) => name !== parts.me && name.toLocaleLowerCase().includes(low));
  const begins = (name: string) => name.toLocaleLowerCase().startsWith(low) ? 0 : 1;
  return fitting.sort((a, b) => begins(a) - begins(b)).slice(0, MOST);
}

/** The text with the call before the caret made whole, and where the caret stands then. */
export function completed(text: string, caret: number, name: string): { text: string; caret: number } {
  const before = text.slice(0, caret).replace(/@[^\s@]*$/u, `@${name} `);
  return { text: before + text.slice(caret), caret: before.length };
}

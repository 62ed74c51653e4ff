import type { Author, Message } from "../../domain/message.ts";

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

const MOST_CALLED = 10;

/** Ids of those among some people whom a text calls; `@하나둘` calls 하나둘 and not 하나. */
export function calledIn(text: string, people: Pick<Author, "id" | "nickname">[]): string[] {
  if (!text.includes("@")) return [];
  const called = new Set<string>();
  const names = [...new Set(people.map(({ nickname }) => nickname))].sort((a, b) => b.length - a.length);
  let rest = text;
  for (const name of names) {
    if (!rest.includes(`@${name}`)) continue;
    rest = rest.replaceAll(`@${name}`, "");
    for (const { id, nickname } of people) if (nickname === name) called.add(id);
  }
  return [...called].slice(0, MOST_CALLED);
}

/** The same among those who are here or spoke lately; `undefined` when it calls nobody else. */
export function callsIn(text: string, { items, me }: { items: Message[]; me: Author | null }, here: Author[]) {
  const others = [...items.map(({ author }) => author), ...here].filter(({ id }) => id !== me?.id);
  const called = calledIn(text, others);
  return called.length ? called : undefined;
}

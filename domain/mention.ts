type Named = { id: string; nickname: string };

/** People that one message may call. */
const MOST = 10;

/** Ids of those whom a text calls by `@name`, each once. Of two names that fit, the longer one is meant. */
export function calledIn(text: string, people: readonly Named[]): string[] {
  const said = text.toLowerCase();
  const names = people.map(({ id, nickname }) => ({ id, name: nickname.toLowerCase() }));
  const called = new Set<string>();
  for (let at = said.indexOf("@"); at >= 0; at = said.indexOf("@", at + 1)) {
    const fitting = names.filter(({ name }) => name && said.startsWith(name, at + 1));
    const longest = Math.max(...fitting.map(({ name }) => name.length));
    for (const { id, name } of fitting) if (name.length === longest) called.add(id);
  }
  return [...called].slice(0, MOST);
}

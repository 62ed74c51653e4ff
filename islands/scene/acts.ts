import type { HintSize } from "../../domain/practice.ts";
import type { Recollection } from "../../domain/recollection.ts";
import type { About } from "./data.ts";

/** Why something was refused, in the reader's language, "" when nobody could say; `null`: it is done. */
type Refused = string | null;

/**
 * What is done over HTTP, where every act has an answer of its own; `api` is where the room's resource is, `remembers`
 * whether anything is remembered there.
 */
export function openActs(api: string, remembers: boolean) {
  async function ask(method: string, path: string, body?: unknown): Promise<{ ok: boolean; said: Said }> {
    const headers = { "Content-Type": "application/json", Accept: "application/json" };
    try {
      const answer = await fetch(api + path, {
        method,
        headers,
        body: body === undefined ? undefined : JSON.stringify(body),
      });
      return { ok: answer.ok, said: await answer.json().catch(() => ({})) };
    } catch {
      return { ok: false, said: {} };
    }
  }

  async function act(method: string, path: string, body?: unknown): Promise<Refused> {
    const { ok, said } = await ask(method, path, body);
    return ok ? null : said.detail ?? "";
  }

  return {
    regenerate: (seq: number) => act("POST", `/messages/${seq}/regenerate`),
    rerun: (seq: number, text: string) => act("POST", `/messages/${seq}/rerun`, { text }),
    switchTo: (seq: number) => act("POST", `/messages/${seq}/choose`),
    remember: (memory: Pick<Recollection, "summary" | "facts">) => act("PUT", "/memory", memory),
    async hint(size: HintSize): Promise<Hint | null> {
      const { ok, said } = await ask("POST", "/hints", { size });
      return ok && said.text ? { text: said.text, meaning: said.meaning ?? "" } : null;
    },
    /** What the room is about now; `null` when it can't be asked. */
    async about(): Promise<About | null> {
      const [about, memory] = await Promise.all([ask("GET", ""), remembers ? ask("GET", "/memory") : null]);
      if (!about.ok || memory?.ok === false) return null;
      const { quota } = about.said;
      const record = api.startsWith("/api/roleplays") ? { scene: about.said } : { practice: about.said };
      return { ...record, quota, memory: memory?.said ?? none } as unknown as About;
    },
  };
}

/** In a scene for several. */
const none: Recollection = { summary: "", facts: [], upTo: 0, forgotten: [] };

/** What one could say next, and what it means in the reader's language. */
export type Hint = { text: string; meaning: string };
type Said = { detail?: string; text?: string; meaning?: string; quota?: About["quota"] };

import type { Role } from "../../domain/person.ts";

/** Somebody who is in the room now. */
export type Person = { id: string; nickname: string; role: Role };
/** Those who have a name there, how many more have one, and how many have none. */
export type People = { members: Person[]; more: number; guests: number };

export const nobody: People = { members: [], more: 0, guests: 0 };
const FRESH = 10_000;

/** Who is here, asked at most every ten seconds; nobody where the room does not say. */
export function openPeople(room: string, now: () => number): () => Promise<People> {
  let asked = Promise.resolve(nobody);
  let at = -Infinity;

  async function read(): Promise<People> {
    const answer = await fetch(`/api/rooms/${room}/people`).catch(() => null);
    return answer?.ok ? await answer.json() : nobody;
  }

  return () => {
    if (now() - at < FRESH) return asked;
    at = now();
    return asked = read().catch(() => nobody);
  };
}

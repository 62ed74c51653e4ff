import type { Role } from "../../domain/person.ts";

/** Somebody who is in the room now. */
export type Person = { id: string; nickname: string; role: Role };

const FRESH = 10_000;

/** Who is here, asked at most every ten seconds; nobody where the room does not say. */
export function openPeople(room: string, now: () => number) {
  let asked: Promise<Person[]> = Promise.resolve([]);
  let known: Person[] = [];
  let at = -Infinity;

  async function read(): Promise<Person[]> {
    const answer = await fetch(`/api/rooms/${room}/people`).catch(() => null);
    return known = answer?.ok ? (await answer.json()).members : [];
  }

  return {
    ask(): Promise<Person[]> {
      if (now() - at < FRESH) return asked;
      at = now();
      return asked = read().catch(() => []);
    },
    /** What the last answer was. */
    known: () => known,
  };
}

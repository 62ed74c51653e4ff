import type { Role } from "../../domain/person.ts";

/** Somebody who is in the room now. */
export type Person = { id: string; nickname: string; role: Role };

const FRESH = 10_000;

/** Who is here, asked at most every ten seconds; nobody where the room does not say. */
export function openPeople(room: string, now: () => number): () => Promise<Person[]> {
  let known: Promise<Person[]> = Promise.resolve([]);
  let at = -Infinity;
  return () => {
    if (now() - at < FRESH) return known;
    at = now();
    return known = fetch(`/api/rooms/${room}/people`)
      .then(async (answer) => answer.ok ? (await answer.json()).members as Person[] : [], () => []);
  };
}

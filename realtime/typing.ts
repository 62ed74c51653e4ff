import { limits } from "../domain/limits.ts";
import type { Hub } from "./hub.ts";

const TELL_EVERY = 500;
type Person = { id: string; nickname: string };

/** Who is writing now, told together at most twice a second; each is forgotten after five seconds. */
export type Typing = { note(room: string, person: Person): void; wrote(room: string, id: string): void; close(): void };

export function openTyping({ hub, now }: { hub: Hub; now: () => number }): Typing {
  const rooms = new Map<string, Map<string, Person & { until: number }>>();
  const timers = new Map<string, ReturnType<typeof setTimeout>>();

  function tell(room: string): void {
    timers.delete(room);
    const typers = rooms.get(room) ?? new Map();
    for (const [id, { until }] of typers) if (until <= now()) typers.delete(id);
    if (!typers.size) rooms.delete(room);
    const people = [...typers.values()].slice(0, 20).map(({ id, nickname }) => ({ id, nickname }));
    const veil = (apart: ReadonlySet<string>) => {
      const seen = people.filter(({ id }) => !apart.has(id));
      return seen.length || !people.length ? { type: "typing", room, people: seen } as const : null;
    };
    hub.whisper(room, { type: "typing", room, people }, { veil });
  }

  const soon = (room: string) => {
    if (!timers.has(room)) timers.set(room, setTimeout(() => tell(room), TELL_EVERY));
  };

  return {
    note(room, person) {
      const typers = rooms.get(room) ?? new Map();
      const known = typers.has(person.id);
      rooms.set(room, typers.set(person.id, { ...person, until: now() + limits.typing }));
      if (!known && !timers.has(room)) tell(room);
      soon(room);
    },
    wrote(room, id) {
      if (rooms.get(room)?.delete(id)) soon(room);
    },
    close() {
      for (const timer of timers.values()) clearTimeout(timer);
      timers.clear();
    },
  };
}

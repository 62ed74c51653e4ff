import type { Author } from "../domain/message.ts";
import { markOf } from "./crowd.ts";
import type { Hub } from "./hub.ts";

const NAMES = 3;
type Burst = { came: Map<number, Author | undefined>; left: number; away: Map<number, number>; since?: number };

/** "7 people came in": what happened in a while told as one, and never of somebody who was away for a moment only. */
export type Arrivals = {
  note(room: string, mark: number, came: boolean, person?: Author): void;
  /** Tells what is due. To be called about once a second. */
  tick(): void;
  forget(room: string): void;
};

/** `grace`: how long one may be away without having left. `burst`: how long news is gathered. Milliseconds. */
export function openArrivals(
  { hub, now, grace, burst }: { hub: Pick<Hub, "whisper">; now: () => number; grace: number; burst: number },
): Arrivals {
  const rooms = new Map<string, Burst>();

  function note(room: string, mark: number, came: boolean, person?: Author): void {
    const news: Burst = rooms.get(room) ?? { came: new Map(), left: 0, away: new Map() };
    rooms.set(room, news);
    if (!came) {
      if (!news.came.delete(mark)) news.away.set(mark, now());
    } else if (!news.away.delete(mark)) {
      news.came.set(mark, person);
      news.since ??= now();
    }
  }

  function tick(): void {
    for (const [room, news] of rooms) {
      for (const [mark, at] of news.away) {
        if (now() - at < grace) break; // they stand in the order of their going
        news.away.delete(mark);
        news.left++;
        news.since ??= now();
      }
      if (news.since !== undefined && now() - news.since >= burst) tell(room, news);
    }
  }

  /** Who came is not told of themselves. */
  function tell(room: string, { came, left, away }: Burst): void {
    rooms.set(room, { came: new Map(), left: 0, away });
    if (!came.size && !left) return;
    const frameOf = (people: (Author | undefined)[]) => {
      const names = people.flatMap((person) => person?.nickname ?? []).slice(0, NAMES);
      return { type: "came", room, came: people.length, left, names } as const;
    };
    const people = [...came.values()];
    hub.whisper(room, frameOf(people), {
      but: ({ visitor, person }) => came.has(markOf(visitor, person)),
      veil(apart) {
        const seen = people.filter((person) => !person || !apart.has(person.id));
        return seen.length || left ? frameOf(seen) : null;
      },
    });
  }

  return { note, tick, forget: (room) => void rooms.delete(room) };
}

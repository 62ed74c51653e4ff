import type { ServerFrame } from "../../domain/wire.ts";
import type { PairView } from "../../domain/pair.ts";
import type { PairSource } from "./pair.tsx";

/** While a report is being written nothing is said in the room: then it is asked for now and then. */
const AGAIN = 3_000;

/** The pair interview of this page: looked at anew whenever the companion has said something of it. */
export function openPairSource(room: string, first: PairView | null): PairSource & { hear(frame: ServerFrame): void } {
  const hearers = new Set<() => void>();
  let pair = first, asked = 0, timer: ReturnType<typeof setTimeout> | undefined;

  async function look(): Promise<void> {
    const mine = ++asked;
    clearTimeout(timer);
    const answer = await fetch(`/api/rooms/${room}/pair`).catch(() => null);
    if (mine !== asked) return;
    if (answer?.ok) pair = (await answer.json() as { pair: PairView | null }).pair;
    for (const hear of hearers) hear();
    wait();
  }

  function wait(): void {
    if (pair?.step === "over" && !pair.finished) timer = setTimeout(look, AGAIN);
  }

  wait();
  return {
    now: () => pair,
    changed(hear) {
      hearers.add(hear);
      return () => hearers.delete(hear);
    },
    hear(frame) {
      const items = frame.type === "messages" || frame.type === "joined" ? frame.items : [];
      if (items.some(({ event }) => event?.type === "pair")) void look();
    },
  };
}

/** A batch that is longer is not read aloud line by line. */
const BATCH = 10;
/** More than so many messages within this time (milliseconds), and the room is busy. */
const BUSY = { messages: 12, within: 4_000 };
/** A busy room is summed up so often. */
const DIGEST_EVERY = 10_000;
const HISTORY = 1_000;

/** What a screen reader is told: line by line when it is calm, a number now and then when it is not. */
export type Aloud = {
  /** So many new messages came in. */
  came(messages: number): void;
  /** History follows: silence. */
  hush(): void;
  quiet(): boolean;
  /** Messages to be told of in one sentence; 0 says nothing. */
  digest(): number;
};

export function openAloud(now: () => number, changed: () => void): Aloud {
  let recent: { at: number; messages: number }[] = [];
  let hushedUntil = 0, busyUntil = 0, untold = 0, told = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function hush(): void {
    hushedUntil = now() + HISTORY;
    setTimeout(changed, HISTORY + 50);
  }

  function tell(): void {
    timer = undefined;
    told = untold;
    untold = 0;
    if (told) timer = setTimeout(tell, DIGEST_EVERY);
    changed();
  }

  return {
    came(messages) {
      if (messages > BATCH) return hush();
      recent = [...recent.filter(({ at }) => at > now() - BUSY.within), { at: now(), messages }];
      if (recent.reduce((sum, batch) => sum + batch.messages, 0) > BUSY.messages) busyUntil = now() + BUSY.within;
      if (busyUntil <= now()) return;
      untold += messages;
      timer ??= setTimeout(tell, DIGEST_EVERY);
    },
    hush,
    quiet: () => Math.max(hushedUntil, busyUntil) > now(),
    digest: () => told,
  };
}

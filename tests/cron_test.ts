import assert from "node:assert/strict";
import { letterSchedule, startCrons } from "../cron/cron.ts";

Deno.test("the letter's cron rings at the minute of 9:50, whatever the zone and the season", () => {
  const now = Date.parse("2026-11-21T00:00:00Z");
  assert.equal(letterSchedule("Asia/Seoul", now), "50 * * * *");
  assert.equal(letterSchedule("America/New_York", now), "50 * * * *");
  assert.equal(letterSchedule("Asia/Kathmandu", now), "5 * * * *");
  assert.equal(letterSchedule("Asia/Kolkata", now), "20 * * * *");
  assert.equal(letterSchedule("Australia/Lord_Howe", now), "20,50 * * * *");
});

Deno.test("Deno takes the schedules, and a job that throws or rejects is one line", async () => {
  const lines: [level: string, event: string, fields?: Record<string, unknown>][] = [],
    handlers: (() => unknown)[] = [];
  const stop = new AbortController();
  const cron = ((name: string, schedule: string, options: { signal: AbortSignal }, handler: () => unknown) => {
    handlers.push(handler);
    return Deno.cron(name, schedule, options, () => {});
  }) as typeof Deno.cron;
  const parts = {
    zone: "Asia/Seoul",
    now: Date.now,
    line: (...parts: (typeof lines)[number]) => void lines.push(parts),
    jobs: {
      letter: () => Promise.reject(new RangeError("a text of somebody")),
      mail: () => Promise.resolve(),
      sweep: (): Promise<void> => {
        throw new TypeError("a text of somebody");
      },
      people: () => Promise.reject(new Error("a text of somebody")),
    },
    signal: stop.signal,
  };
  startCrons(cron, parts);
  assert.equal(handlers.length, 4);
  for (const handler of handlers) await handler();
  assert.deepEqual(lines.map(([level, event, fields]) => [level, event, fields?.job, fields?.error]), [
    ["error", "cron_failed", "letter of 9-50", "RangeError"],
    ["error", "cron_failed", "exports and goodbyes", "Error"],
    ["error", "cron_failed", "sweep", "TypeError"],
  ]);
  assert.doesNotMatch(JSON.stringify(lines), /somebody/);
  stop.abort();
});

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

Deno.test("Deno takes the schedules, and a job that throws is one line", async () => {
  const lines: unknown[] = [], handlers: (() => unknown)[] = [];
  const stop = new AbortController();
  const cron = ((name: string, schedule: string, options: { signal: AbortSignal }, handler: () => unknown) => {
    handlers.push(handler);
    return Deno.cron(name, schedule, options, () => {});
  }) as typeof Deno.cron;
  const parts = {
    zone: "Asia/Seoul",
    now: Date.now,
    line: (...parts: unknown[]) => void lines.push(parts),
    jobs: { letter: () => Promise.reject(new Error("broken")), sweep: () => Promise.resolve() },
    signal: stop.signal,
  };
  startCrons(cron, parts);
  assert.equal(handlers.length, 2);
  for (const handler of handlers) await handler();
  assert.deepEqual(lines, [["error", "cron_failed", { job: "letter of 9-50", error: "Error: broken" }]]);
  stop.abort();
});

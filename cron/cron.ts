import { dateAt } from "../domain/day.ts";
import { faultOf, type LogLine } from "../domain/logger.ts";
import { letterTime } from "./write_letter.ts";

type Jobs = { letter(): Promise<void>; mail(): Promise<void>; sweep(): Promise<void>; people(): Promise<void> };

/**
 * Every cron of the app. A cron is only a trigger, on each isolate: what it calls decides in KV whether there is
 * something to do. The platform's retries are off, because each job tries again by itself, and a throw is one log line.
 */
export function startCrons(
  cron: typeof Deno.cron,
  { zone, now, line, jobs, signal }: {
    zone: string;
    now: () => number;
    line: LogLine;
    jobs: Jobs;
    signal?: AbortSignal;
  },
): void {
  const each = (name: string, schedule: string, job: () => Promise<void>) =>
    void cron(name, schedule, { backoffSchedule: [], signal }, async () => {
      try {
        await job();
      } catch (error) {
        line("error", "cron_failed", { job: name, ...faultOf(error) });
      }
    });
  each("letter of 9-50", letterSchedule(zone, now()), () => jobs.letter());
  each("mail", "* * * * *", () => jobs.mail());
  each("exports and goodbyes", "* * * * *", () => jobs.people());
  each("sweep", "17 * * * *", () => jobs.sweep());
}

/**
 * Crons know only UTC, and zones change their clocks: so the letter's cron rings at the minute of 9:50 (of both, in the
 * one zone that moves by half an hour) in every hour, and the tick knows which of them it is. The other 23 cost one
 * comparison, and catch up a letter that failed where no timer lives between requests.
 */
export function letterSchedule(zone: string, now: number): string {
  const year = Number(dateAt(now, zone).slice(0, 4));
  const minutes = ["01", "04", "07", "10"].map((month) =>
    new Date(letterTime(`${year}-${month}-01`, zone)).getUTCMinutes()
  );
  return `${[...new Set(minutes)].sort((a, b) => a - b).join(",")} * * * *`;
}

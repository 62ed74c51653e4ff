import { pathTo } from "../domain/branch.ts";
import type { Message } from "../domain/message.ts";
import type { Log } from "./log.ts";

const PAGE = 200;

/** The branch of an AI room that leads to `to`, or the one that is shown; its last `most` messages, oldest first. */
export async function readPath(
  log: Pick<Log, "page">,
  room: string,
  { to = Infinity, most = Infinity }: { to?: number; most?: number } = {},
): Promise<Message[]> {
  const path: Message[] = [];
  for (let want = to, before = Infinity; want > 0 && path.length < most;) {
    before = Math.min(before, want + 1);
    const entries = await log.page(room, { before }, PAGE);
    const part = pathTo(entries, want);
    path.unshift(...part.path);
    if (entries.length < PAGE) break;
    want = part.want;
    before = entries[0].seq;
  }
  return most === Infinity ? path : path.slice(-most);
}

/** All entries of a room, changes left out, oldest first. */
export async function readAll(log: Pick<Log, "page">, room: string): Promise<Message[]> {
  const all: Message[] = [];
  for (let after = 0;;) {
    const entries = await log.page(room, { after }, PAGE);
    all.push(...entries);
    if (entries.length < PAGE) return all;
    after = entries.at(-1)!.seq;
  }
}

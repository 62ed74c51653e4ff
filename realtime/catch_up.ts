import { pick, sumUp } from "../ai/catch_up.ts";
import type { Model } from "../ai/model.ts";
import { withinTime } from "../ai/patience.ts";
import { fitting, visible } from "../ai/room_window.ts";
import type { CatchUp, CatchUpLine } from "../domain/catch_up.ts";
import { limits } from "../domain/limits.ts";
import type { LogLine } from "../domain/logger.ts";
import type { Message } from "../domain/message.ts";
import type { Lang, Who } from "../domain/person.ts";
import { Problem } from "../domain/problems.ts";
import type { Room } from "../domain/room.ts";
import type { Apart } from "../domain/veil.ts";
import { wordsIn } from "../domain/words/words.ts";
import { noteSent, willing, writersOf } from "../kv/consents.ts";
import { keys } from "../kv/keys.ts";
import type { Log } from "../kv/log.ts";
import type { Store } from "../kv/store.ts";
import { take } from "../kv/windows.ts";
import type { Hub } from "./hub.ts";

/** Ranges begin and end at these numbers, so that people who come at about the same time share one. */
const STEP = 25;
/** Entries of the log that one catch-up goes back. */
const MOST = 500;
/** Fewer messages than this are read faster than a summary. */
const FEW = 8;
const PATIENCE = 20_000;

type Range = { room: string; from: number; to: number; lang: Lang };
type Material = { messages: Message[]; fingerprint: string };

/** What somebody missed since a number, in their language, for them alone. */
export type CatchUps = (room: Room, who: Who | null, since: number, lang: Lang) => Promise<CatchUp>;

/** `scale` multiplies the budget of a person; without budget, and for guests, what others caused to be made is served. */
export function openCatchUps(
  { store, log, hub, model, now, scale, line }: {
    store: Store;
    log: Log;
    hub: Pick<Hub, "apart">;
    model: Model;
    now: () => number;
    scale: number;
    line: LogLine;
  },
): CatchUps {
  const underWay = new Map<string, Promise<CatchUpLine[] | null>>();

  async function catchUp(room: Room, who: Who | null, since: number, lang: Lang): Promise<CatchUp> {
    const range = { room: room.id, ...await rangeOf(room.id, since), lang };
    const apart = hub.apart(who?.id);
    const material = await read(range, apart);
    const lines = material.messages.length < FEW ? null : await summed(range, material, who);
    return lines ?? picked(range, await read(range, apart));

    async function summed(range: Range, material: Material, who: Who | null): Promise<CatchUp | null> {
      const lines = await kept(range, material) ?? await madeOnce(range, material, who);
      if (!lines?.length || (await read(range, apart)).fingerprint !== material.fingerprint) return null;
      const { shown } = fitting(material.messages, model.window);
      return { by: "model", lines, from: range.from, to: range.to, read: shown.length };
    }
  }

  async function rangeOf(room: string, since: number): Promise<{ from: number; to: number }> {
    const { seq: head } = await log.head(room);
    const from = down(Math.max(Math.min(since, head), head - MOST));
    return { from, to: Math.max(down(head), Math.min(head, from + STEP)) };
  }

  /** What somebody who is apart from these people can see of the range now, of those who let a model read it. */
  async function read({ room, from, to }: Range, apart: Apart): Promise<Material> {
    const page = await log.page(room, { after: from, apart }, Math.max(1, to - from));
    const messages = await willing(store, "live", visible(page.filter(({ seq }) => seq <= to)));
    const said = JSON.stringify([model.name, messages.map(({ seq, text }) => [seq, text])]);
    const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(said));
    return { messages, fingerprint: new Uint8Array(digest, 0, 16).toHex() };
  }

  async function kept({ room, from, to, lang }: Range, { fingerprint }: Material): Promise<CatchUpLine[] | null> {
    const { value } = await store.get(keys.catchUp(room, from, to, lang, fingerprint));
    return value && value.expiresAt > now() ? value.lines : null;
  }

  /** Those who ask for the same while it is made wait for the same. */
  async function madeOnce(range: Range, material: Material, who: Who | null): Promise<CatchUpLine[] | null> {
    const name = JSON.stringify([range, material.fingerprint]);
    const known = underWay.get(name);
    if (known) return await known;
    if (!model.name || !who) return null;
    const making = spend(who).then((may) => may ? make(range, material) : null).finally(() => underWay.delete(name));
    underWay.set(name, making);
    return await making;
  }

  async function make(range: Range, { messages, fingerprint }: Material): Promise<CatchUpLine[] | null> {
    const { room, from, to, lang } = range, time = withinTime(PATIENCE);
    try {
      const { messages: read, shown } = fitting(messages, model.window);
      await noteSent(store, now(), { task: "catch_up", surface: "live" }, writersOf(read));
      const lines = await sumUp(model, lang, shown, time.signal);
      const record = { lines, expiresAt: now() + limits.catchUp };
      const key = keys.catchUp(room, from, to, lang, fingerprint);
      if (lines.length) await store.commit((atomic) => atomic.set(key, record));
      return lines;
    } catch (error) {
      line("warn", "catch_up_failed", { error: error instanceof Error ? error.name : "unknown" });
      return null;
    } finally {
      time.end();
    }
  }

  const spend = (who: Who): Promise<boolean> =>
    take(store, "catchUpByPerson", who.id, now(), scale).then(() => true, (error) => {
      if (error instanceof Problem && error.code === "too_many") return false;
      throw error;
    });

  return catchUp;
}

function picked({ from, to, lang }: Range, { messages }: Material): CatchUp {
  return { by: "pick", lines: pick(messages), note: wordsIn(lang).companion.pick, from, to, read: messages.length };
}

const down = (seq: number): number => Math.floor(seq / STEP) * STEP;

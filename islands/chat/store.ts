import type { Message } from "../../domain/message.ts";
import type { Mood } from "../../domain/mood.ts";
import { PLAZA } from "../../domain/room.ts";
import type { ServerFrame } from "../../domain/wire.ts";
import { newId, openNote, openOutbox, type Shelf, visitorOf } from "./outbox.ts";
import { type Line, openLine } from "./socket.ts";
import { atStart, atTail, type Chat, type Event, nextOut, step } from "./state.ts";

const PAGE = 50;
/** A batch that is longer is not read aloud line by line. */
const LOUD = 10;
const TYPING_EVERY = 3_000;
const TYPING_LASTS = 6_000;
/** An answer to a sent buzz that does not come within this time is asked for again. */
const ANSWER = 10_000;
const MOMENT = 4_000;

/** What the parts of the page can do. */
export type Hands = {
  /** False when nothing may be sent now. */
  send(text: string, mood?: Mood): boolean;
  retry(clientId: string): void;
  drop(clientId: string): void;
  typing(): void;
  older(): void;
  newer(): void;
  newest(): void;
  follow(following: boolean): void;
};

export type Store = Hands & {
  chat(): Chat;
  /** Whether what comes in now is history, not to be read aloud. */
  quiet(): boolean;
  changed(hear: () => void): () => void;
  start(): void;
};

/** The room of this page: the state, and everything that happens to it. */
export function openStore(first: Chat, shelf: Shelf | null): Store {
  let chat = first;
  let line: Line | null = null;
  let inFlight: string | null = null;
  let loading = false, quiet = false;
  let typedAt = 0, renewedAt = 0;
  const hearers = new Set<() => void>();
  const timers = new Map<string, ReturnType<typeof setTimeout>>();
  const read = openNote(shelf, `read:${PLAZA}`);
  const upTo = Number(read.read()) || 0;
  const outbox = first.me ? openOutbox(shelf, first.me.id, PLAZA) : null;

  const after = (name: string, wait: number, work: () => void) => {
    clearTimeout(timers.get(name));
    timers.set(name, setTimeout(work, wait));
  };

  function on(event: Event): void {
    const before = chat;
    chat = step(chat, event);
    if (chat === before) return;
    if (chat.outbox !== before.outbox) outbox?.keep(chat.outbox);
    if (chat.held.length && !before.held.length) after("hole", 1_000, mend);
    if (chat.line === "back" && before.line !== "back") after("calm", MOMENT, () => on({ type: "calm" }));
    if (chat.following && !document.hidden) read.keep(String(chat.head));
    flush();
    for (const hear of hearers) hear();
  }

  function hearFrame(frame: ServerFrame): void {
    if (frame.type === "connected") return welcome(frame.user !== null);
    if (frame.type === "joined") {
      inFlight = null;
      document.body.dataset.live = "";
    }
    if (frame.type === "typing") after("typing", TYPING_LASTS, () => on({ type: "frame", frame: nobody, now: now() }));
    if (frame.type === "refused") answered(frame.clientId, frame.code === "too_many" ? frame.wait ?? 1 : 0);
    if (frame.type === "refused" && frame.code === "unauthenticated" && chat.me) void renew();
    if ("items" in frame) hush(frame.items.length > LOUD);
    on({ type: "frame", frame, now: now() });
  }

  /** The socket may have been opened with a login that has run out, while the page's can still be renewed. */
  function welcome(known: boolean): void {
    if (chat.me && !known && now() - renewedAt > 30_000) void renew();
  }

  async function renew(): Promise<void> {
    renewedAt = now();
    await ended();
    line?.renew();
  }

  async function ended(): Promise<void> {
    const answer = await fetch("/api/token/refresh", { method: "POST" }).catch(() => null);
    if (answer?.status === 401) on({ type: "ended" });
  }

  /** One after the other, so that they are stored in the order in which they were written. */
  function flush(): void {
    if (inFlight && !chat.outbox.some(({ clientId }) => clientId === inFlight)) inFlight = null;
    const next = nextOut(chat);
    if (!next || inFlight || !chat.me || chat.line === "lost" || chat.line === "new" || chat.restUntil > now()) return;
    const { clientId, text, mood } = next;
    if (!line?.say({ type: "send_chat", room: PLAZA, text, mood, clientId })) return;
    inFlight = clientId;
    after("answer", ANSWER, () => answered(clientId, 0));
  }

  function answered(clientId: string | undefined, wait: number): void {
    if (clientId === inFlight) inFlight = null;
    after("flush", wait * 1_000 + 50, () => {
      flush();
      for (const hear of hearers) hear();
    });
  }

  /** Pages of history come in silence. */
  function hush(needed: boolean): void {
    if (!needed) return;
    quiet = true;
    after("loud", 1_000, () => {
      quiet = false;
      for (const hear of hearers) hear();
    });
  }

  async function page(query: string, take: (items: Message[]) => void): Promise<void> {
    if (loading) return;
    loading = true;
    hush(true);
    try {
      const answer = await fetch(`/api/rooms/${PLAZA}/messages?limit=${PAGE}&${query}`);
      if (answer.ok) take((await answer.json()).items);
    } catch { // the line is down; the reader scrolls again when it is back
    } finally {
      after("loaded", 300, () => loading = false);
    }
  }

  function mend(): void {
    if (!chat.held.length) return;
    void page(`after=${chat.head}`, (items) => {
      hearFrame({ type: "messages", room: PLAZA, items });
    }).then(() => chat.held.length && after("hole", 1_000, mend));
  }

  function wake(): void {
    if (document.visibilityState === "visible") line?.wake();
  }

  return {
    chat: () => chat,
    quiet: () => quiet,
    changed(hear) {
      hearers.add(hear);
      return () => hearers.delete(hear);
    },
    start() {
      if (upTo) on({ type: "read", upTo });
      for (const sending of outbox?.read() ?? []) on({ type: "send", sending });
      line = openLine({
        url: `${location.origin.replace(/^http/, "ws")}/ws?visitor=${visitorOf(shelf)}`,
        hello: () => [{ type: "connect" }, { type: "join", room: PLAZA, since: chat.head, epoch: chat.epoch }],
        hear: hearFrame,
        lost: () => on({ type: "lost" }),
        ended,
      });
      addEventListener("online", wake);
      addEventListener("offline", wake);
      document.addEventListener("visibilitychange", wake);
      addEventListener("pageshow", wake);
    },
    send(text, mood) {
      if (!chat.me || chat.restUntil > now()) return false;
      if (!atTail(chat)) void newest();
      on({ type: "send", sending: { clientId: newId(now()), text, mood, at: now() } });
      return true;
    },
    retry: (clientId) => on({ type: "retry", clientId, again: newId(now()) }),
    drop: (clientId) => on({ type: "drop", clientId }),
    typing() {
      if (!chat.me || now() - typedAt < TYPING_EVERY) return;
      if (line?.say({ type: "typing", room: PLAZA })) typedAt = now();
    },
    older() {
      const before = chat.items[0]?.seq;
      if (before && !atStart(chat)) void page(`before=${before}`, (items) => on({ type: "older", items }));
    },
    newer() {
      const last = chat.items.at(-1)?.seq;
      if (last && !atTail(chat)) void page(`after=${last}`, (items) => on({ type: "newer", items }));
    },
    newest: () => void newest(),
    follow: (following) => on({ type: "follow", following }),
  };

  async function newest(): Promise<void> {
    if (!atTail(chat)) await page("", (items) => on({ type: "newest", items }));
    on({ type: "follow", following: true });
  }
}

const nobody: ServerFrame = { type: "typing", room: PLAZA, people: [] };
const now = (): number => Date.now();

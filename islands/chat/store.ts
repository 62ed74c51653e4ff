import type { ServerFrame } from "../../domain/wire.ts";
import { type Act, type Answer, perform } from "./acts.ts";
import { openAloud } from "./aloud.ts";
import type { Store } from "./hands.ts";
import { newId, openNote, openOutbox, type Shelf, visitorOf } from "./outbox.ts";
import { pace } from "./pace.ts";
import { openPages } from "./page.ts";
import { sendPhoto } from "./photo.ts";
import { passes } from "./hear.ts";
import { openPeople } from "./people.ts";
import { reactedFrom, reactedOf } from "./react.ts";
import { type Line, openLine, type Said, socketUrl } from "./socket.ts";
import { toldOf } from "./told.ts";
import type { ChatWords } from "./view.ts";
import { atStart, atTail, type Chat, type Event, nextOut, step } from "./state.ts";

const TYPING_EVERY = 3_000;
const TYPING_LASTS = 6_000;
/** An answer to what was sent that does not come within this time is asked for again. */
const ANSWER = 10_000;
const MOMENT = 4_000;
const NOTICE = 7_000;

type Parts = {
  room: string;
  first: Chat;
  shelf: Shelf | null;
  words: Pick<ChatWords, "chat" | "order">;
  /** What is said on each connection after joining. */
  hello?: Said[];
  /** Hears every frame, after the room has. */
  also?(frame: ServerFrame): void;
};

/** The room of this page: the state, and everything that happens to it. */
export function openStore({ room, first, shelf, words, hello = [], also }: Parts): Store {
  let chat = first;
  let line: Line | null = null;
  let inFlight: string | null = null;
  let typedAt = 0, renewedAt = 0, readAt = 0;
  const hearers = new Set<() => void>();
  const timers = new Map<string, ReturnType<typeof setTimeout>>();
  const read = openNote(shelf, `read:${room}`);
  const upTo = Number(read.read()) || 0;
  const outbox = first.me ? openOutbox(shelf, first.me.id, room) : null;
  const pressed = openNote(shelf, `reacted:${first.me?.id}:${room}`);

  const draw = () => hearers.forEach((hear) => hear());
  const drawSoon = pace(draw);
  const aloud = openAloud(now, drawSoon);
  const pages = openPages(room, aloud.hush);
  const people = openPeople(room, now);

  const after = (name: string, wait: number, work: () => void) => {
    clearTimeout(timers.get(name));
    timers.set(name, setTimeout(work, wait));
  };

  function on(event: Event): void {
    const before = chat;
    chat = step(chat, event);
    if (chat === before) return;
    if (chat.outbox !== before.outbox) outbox?.keep(chat.outbox);
    if (chat.reacted !== before.reacted) pressed.keep(JSON.stringify(reactedOf(chat)));
    if (chat.held.length && !before.held.length) after("hole", 1_000, mend);
    if (chat.line === "back" && before.line !== "back") after("calm", MOMENT, () => on({ type: "calm" }));
    if (chat.notice && chat.notice !== before.notice) {
      after("notice", NOTICE, () => on({ type: "notice", notice: null }));
    }
    if (chat.calls !== before.calls || chat.following !== before.following) fadeCalls();
    if (now() - readAt > 1_000) keepRead();
    flush();
    if (event.type === "frame") drawSoon();
    else draw();
  }

  /** How far I have read; in a busy room once a second, and when I go. */
  function keepRead(): void {
    if (!chat.following || document.hidden) return;
    readAt = now();
    read.keep(String(chat.head));
  }

  function hearFrame(frame: ServerFrame): void {
    if (frame.type === "anew") return location.reload(); // drafts and what is on its way are kept
    if (frame.type === "connected") return welcome(frame.user !== null);
    if (frame.type === "joined") {
      inFlight = null;
      document.body.dataset.live = "";
    }
    const nobody: ServerFrame = { type: "typing", room, people: [] };
    if (frame.type === "typing") after("typing", TYPING_LASTS, () => on({ type: "frame", frame: nobody, now: now() }));
    if (frame.type === "refused") answered(frame.clientId, passes(frame.code) ? frame.wait ?? 1 : 0);
    if (frame.type === "refused" && frame.code === "unauthenticated" && chat.me) void renew();
    const told = frame.type === "person" && toldOf(frame, words);
    if (told) tell(told, true);
    if (frame.type === "messages" || frame.type === "joined") aloud.came(frame.items.length);
    on({ type: "frame", frame, now: now() });
    also?.(frame);
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
    const { clientId, text, mood, reply, asks } = next;
    const said: Said = next.ask
      ? { type: "ask_companion", room, text, clientId }
      : { type: "send_chat", room, text, mood, clientId, reply, asks };
    if (!line?.say(said)) return;
    inFlight = clientId;
    after("answer", ANSWER, () => answered(clientId, 0));
  }

  function answered(clientId: string | undefined, wait: number): void {
    if (clientId === inFlight) inFlight = null;
    after("flush", wait * 1_000 + 50, () => {
      flush();
      draw();
    });
  }

  const join = (): Said => ({ type: "join", room, since: chat.head, epoch: chat.epoch });

  /** What is missing may be changes, which pages leave out: joining again tells of everything. */
  function mend(): void {
    if (!chat.held.length) return;
    line?.say(join());
    after("hole", 3_000, mend);
  }

  function wake(): void {
    if (document.visibilityState !== "visible") return;
    line?.wake();
    fadeCalls();
  }

  /** Who looks at the end of the log has seen a call soon after it came. */
  function fadeCalls(): void {
    if (!chat.calls.length || !chat.following || document.hidden) return;
    after("calls", NOTICE, () => chat.following && !document.hidden && on({ type: "noticed" }));
  }

  async function newest(): Promise<void> {
    if (!atTail(chat)) {
      const page = await pages.read("");
      if (page) on({ type: "newest", items: page.items, upTo: page.head });
    }
    on({ type: "follow", following: true });
  }

  async function act(wanted: Act): Promise<Answer> {
    if (wanted.act === "react") on({ type: "react", seq: wanted.seq, reaction: wanted.reaction, on: wanted.on });
    const answer = await perform(room, wanted);
    if (wanted.act === "react" && !answer.ok) on({ ...wanted, type: "react", on: !wanted.on });
    if (!answer.ok) tell(answer.message ?? words.chat.failedAct, true);
    const facts = answer.body?.reactions;
    if (wanted.act === "react" && facts) on({ type: "presume", seq: wanted.seq, facts: { reactions: facts } });
    return answer;
  }

  const tell = (text: string, bad = false) => on({ type: "notice", notice: { text, bad } });

  return {
    chat: () => chat,
    quiet: aloud.quiet,
    digest: aloud.digest,
    changed(hear) {
      hearers.add(hear);
      return () => hearers.delete(hear);
    },
    start() {
      if (upTo) on({ type: "read", upTo });
      on({ type: "reacted", reacted: reactedFrom(pressed.read()) });
      for (const sending of outbox?.read() ?? []) on({ type: "send", sending });
      line = openLine({
        url: socketUrl(visitorOf(shelf)),
        hello: () => [{ type: "connect" }, join(), ...hello],
        hear: hearFrame,
        lost: () => on({ type: "lost" }),
        away: () => on({ type: "frame", frame: { type: "left", room }, now: now() }),
        ended,
      });
      for (const name of ["online", "offline", "pageshow"]) addEventListener(name, wake);
      document.addEventListener("visibilitychange", wake);
      addEventListener("pagehide", keepRead);
    },
    send(text, more = {}) {
      if (!chat.me || chat.restUntil > now()) return false;
      if (!atTail(chat)) void newest();
      on({ type: "send", sending: { clientId: newId(now()), text, ...more, at: now() } });
      return true;
    },
    retry: (clientId) => on({ type: "retry", clientId, again: newId(now()) }),
    drop: (clientId) => on({ type: "drop", clientId }),
    typing() {
      if (!chat.me || now() - typedAt < TYPING_EVERY) return;
      if (line?.say({ type: "typing", room })) typedAt = now();
    },
    async older() {
      const before = chat.items[0]?.seq ?? chat.head + 1;
      const page = atStart(chat) ? null : await pages.read(`before=${before}`);
      if (page) on({ type: "older", items: page.items, before });
    },
    async newer() {
      const from = chat.upTo;
      const page = atTail(chat) ? null : await pages.read(`after=${from}`);
      if (page) on({ type: "newer", items: page.items, after: from, upTo: page.upTo });
    },
    newest: () => void newest(),
    follow: (following) => on({ type: "follow", following }),
    async find(seq) {
      const has = () => chat.items.some((item) => item.seq === seq);
      const page = has() ? null : await pages.read(`before=${seq + 20}`);
      if (page) on({ type: "around", items: page.items, upTo: Math.min(seq + 19, page.head) });
      return has();
    },
    aim: (aim) => on({ type: "aim", aim }),
    top: (top) => on({ type: "top", top }),
    showCame: (shown) => on({ type: "show_came", shown }),
    keep: (message) => on({ type: "keep", message }),
    act,
    people,
    noticed: () => on({ type: "noticed" }),
    say: (said) => line?.say(said) ?? false,
    photo: (file) =>
      void sendPhoto(room, file).then((message) => message === null || tell(message || words.chat.failedAct, true)),
    stop: (seq) => void line?.say({ type: "stop_companion", room, seq }),
    tell,
  };
}

const now = (): number => Date.now();

import assert from "node:assert/strict";
import type { Message } from "../domain/message.ts";
import type { ServerFrame } from "../domain/wire.ts";
import { newId, openNote, openOutbox } from "../islands/chat/outbox.ts";
import { rowsOf } from "../islands/chat/rows.ts";
import { foreign } from "../islands/chat/script.ts";
import {
  atStart,
  atTail,
  begin,
  type Chat,
  type Event,
  FOLLOWED,
  fresh,
  KEPT,
  nextOut,
  step,
} from "../islands/chat/state.ts";

const me = { id: "me", nickname: "느린구름", role: "user" } as const;
const other = { id: "other", nickname: "밤부엉", role: "user" } as const;
const T = Date.UTC(2026, 10, 20, 3, 0);

const buzz = (seq: number, more: Partial<Message> = {}): Message => ({
  seq,
  id: `plaza:${seq}`,
  clientId: `c${seq}`,
  author: other,
  kind: "user",
  text: `${seq}`,
  at: T + seq * 1000,
  ...more,
});
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => buzz(from + i));
const room = (items: Message[], head = items.at(-1)?.seq ?? 0) => ({ epoch: "e", head, items, people: 1 });
const frame = (said: ServerFrame): Event => ({ type: "frame", frame: said, now: T });
const came = (...items: Message[]): Event => frame({ type: "messages", room: "plaza", items });
const joined = (items: Message[], more: Partial<Extract<ServerFrame, { type: "joined" }>> = {}): Event =>
  frame({
    type: "joined",
    room: "plaza",
    epoch: "e",
    head: items.at(-1)?.seq ?? 0,
    items,
    gap: false,
    people: 1,
    ...more,
  });
const after = (chat: Chat, ...events: Event[]): Chat => events.reduce(step, chat);
const seqs = ({ items }: Chat) => items.map(({ seq }) => seq);
const up = (from: number, to: number) => range(from, to).map(({ seq }) => seq);

/** The same numbers for the same seed. */
function dice(seed: number): () => number {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

Deno.test("any order and any doubling of frames gives the same list, each once, in order, without a hole", () => {
  for (let seed = 0; seed < 300; seed++) {
    const roll = dice(seed);
    const events: Event[] = [];
    for (let seq = 6; seq <= 60;) {
      const last = Math.min(60, seq + Math.floor(roll() * 5));
      const event = roll() < 0.2 ? joined(range(seq, last), { head: 60 }) : came(...range(seq, last));
      for (let copies = 1 + Math.floor(roll() * 2); copies; copies--) events.push(event);
      seq = last + 1;
    }
    for (let i = events.length - 1; i > 0; i--) {
      const j = Math.floor(roll() * (i + 1));
      [events[i], events[j]] = [events[j], events[i]];
    }
    let chat = begin(me, room(range(1, 5)));
    for (const event of events) {
      chat = step(chat, event);
      assert.deepEqual(seqs(chat), up(1, chat.head), `a hole in between, seed ${seed}`);
    }
    assert.deepEqual(seqs(chat), up(1, 60), `seed ${seed}`);
    assert.equal(chat.held.length, 0);
  }
});

Deno.test("what is ahead of a hole waits for what is missing", () => {
  const holed = after(begin(me, room(range(1, 3))), came(buzz(6), buzz(5)));
  assert.deepEqual(seqs(holed), [1, 2, 3]);
  assert.equal(holed.head, 3);
  assert.deepEqual(seqs(after(holed, came(buzz(4)))), [1, 2, 3, 4, 5, 6]);
});

Deno.test("a join after too long starts anew and says where", () => {
  const chat = after(begin(me, room(range(1, 5))), { type: "lost" }, joined(range(3001, 3020), { gap: true }));
  assert.deepEqual(seqs(chat), up(3001, 3020));
  assert.equal(chat.gap, 3001);
  assert.deepEqual(seqs(after(chat, came(buzz(3021)))).at(-1), 3021);
  assert.ok(rowsOf(chat, "Asia/Seoul", T).some(({ row }) => row === "gap"));
});

Deno.test("another epoch is another log", () => {
  const chat = after(begin(me, room(range(1, 5))), joined(range(1, 2), { epoch: "f" }));
  assert.deepEqual(seqs(chat), [1, 2]);
  assert.equal(chat.epoch, "f");
});

Deno.test("my buzz stands below until the log has it, and then in the log, once", () => {
  const sending = { clientId: "x", text: "안녕", at: T };
  const pending = after(begin(me, room(range(1, 2))), { type: "send", sending });
  assert.equal(nextOut(pending)?.clientId, "x");
  const stored = buzz(3, { author: me, clientId: "x", text: "안녕" });
  const done = after(pending, came(stored), came(stored), joined([stored]));
  assert.deepEqual(done.outbox, []);
  assert.deepEqual(seqs(done), [1, 2, 3]);
  assert.ok(done.settled.has("x"));
});

Deno.test("an old first answer confirms too; another person's client id does not", () => {
  const sending = { clientId: "x", text: "안녕", at: T };
  const pending = after(begin(me, room(range(10, 12))), { type: "send", sending });
  assert.equal(after(pending, came(buzz(13, { clientId: "x" }))).outbox.length, 1);
  const confirmed = after(pending, came(buzz(4, { author: me, clientId: "x" })));
  assert.deepEqual(confirmed.outbox, []);
  assert.deepEqual(seqs(confirmed), [10, 11, 12]);
});

Deno.test("a refusal names its reason; a retry has a new id; a rest keeps the buzz", () => {
  const sending = { clientId: "x", text: "안녕", at: T };
  const pending = after(begin(me, room([])), { type: "send", sending });
  const failed = after(
    pending,
    frame({ type: "refused", clientId: "x", code: "client_id_reused", message: "다른 글이 있어요" }),
  );
  assert.equal(failed.outbox[0].failed, "다른 글이 있어요");
  assert.equal(nextOut(failed), undefined);
  const again = after(failed, { type: "retry", clientId: "x", again: "y" });
  assert.deepEqual(nextOut(again), { clientId: "y", text: "안녕", at: T, failed: undefined });
  assert.deepEqual(after(failed, { type: "drop", clientId: "x" }).outbox, []);
  const resting = after(pending, frame({ type: "refused", clientId: "x", code: "too_many", message: "", wait: 3 }));
  assert.equal(resting.restUntil, T + 3000);
  assert.equal(resting.outbox[0].failed, undefined);
  assert.equal(after(pending, frame({ type: "refused", clientId: "z", code: "invalid", message: "" })), pending);
});

Deno.test("a reader who is further up keeps the list and is told how many are new", () => {
  let chat = after(begin(me, room(range(1, 20))), { type: "follow", following: false }, came(...range(21, 24)));
  assert.equal(fresh(chat), 4);
  assert.equal(chat.items[0].seq, 1);
  chat = after(chat, { type: "follow", following: true });
  assert.equal(fresh(chat), 0);
});

Deno.test("a busy room does not fill the page, whichever way one goes, and the way back leads to the end", () => {
  let chat = begin(me, room(range(5001, 5020)));
  for (let seq = 5021; seq <= 7000; seq += 20) {
    chat = after(chat, came(...range(seq, seq + 19)));
    assert.ok(chat.items.length <= FOLLOWED.most + FOLLOWED.slack);
  }
  assert.ok(chat.items.length >= FOLLOWED.most);
  assert.equal(chat.items.at(-1)?.seq, 7000);
  chat = after(chat, { type: "follow", following: false });
  for (let i = 0; i < 30; i++) {
    const first = chat.items[0].seq;
    const older: Event = { type: "older", items: range(first - 50, first - 1), before: first };
    chat = after(chat, older, came(buzz(chat.head + 1)));
    assert.ok(chat.items.length <= KEPT);
  }
  assert.equal(atTail(chat), false);
  assert.equal(fresh(chat), 30);
  while (!atTail(chat)) {
    const upTo = Math.min(chat.upTo + 50, chat.head);
    chat = after(chat, { type: "newer", items: range(chat.upTo + 1, upTo), after: chat.upTo, upTo });
    assert.ok(chat.items.length <= KEPT);
  }
  assert.deepEqual(seqs(chat), up(chat.head - chat.items.length + 1, 7030));
  const newest: Event = { type: "newest", items: range(7011, 7030), upTo: 7030 };
  const jumped = after(chat, newest, { type: "follow", following: true });
  assert.deepEqual(seqs(after(jumped, came(buzz(7031)))), up(7011, 7031));
});

Deno.test("a page of history that does not fit is not taken", () => {
  const chat = begin(me, room(range(50, 60)));
  assert.equal(after(chat, { type: "older", items: range(1, 30), before: 31 }), chat);
  assert.equal(after(chat, { type: "newer", items: range(70, 80), after: 69, upTo: 80 }), chat);
});

Deno.test("an empty page from before is the beginning: what came earlier is not there for this reader", () => {
  const chat = begin(me, room(range(50, 60)));
  assert.ok(!atStart(chat));
  assert.ok(!atStart(after(chat, { type: "older", items: [], before: 40 })));
  assert.ok(atStart(after(chat, { type: "older", items: [], before: 50 })));
});

Deno.test("typing leaves me out and ends with the buzz, or with the line", () => {
  const both = [me, other].map(({ id, nickname }) => ({ id, nickname }));
  const chat = after(begin(me, room(range(1, 1))), frame({ type: "typing", room: "plaza", people: both }));
  assert.deepEqual(chat.typing.map(({ id }) => id), ["other"]);
  assert.deepEqual(after(chat, came(buzz(2))).typing, []);
  assert.deepEqual(after(chat, { type: "lost" }).typing, []);
});

Deno.test("the line is lost, back for a moment, then calm; before the first join nothing is said", () => {
  const chat = begin(me, room([]));
  assert.equal(after(chat, { type: "lost" }).line, "new");
  const open = after(chat, joined([]));
  assert.equal(open.line, "open");
  const back = after(open, { type: "lost" }, joined([]));
  assert.equal(back.line, "back");
  assert.equal(after(back, { type: "calm" }).line, "open");
});

Deno.test("rows: days, where one read to, who goes on speaking", () => {
  const items = [
    buzz(1, { at: T - 24 * 3600_000 }),
    buzz(2),
    buzz(3),
    buzz(4, { mood: "sad" }),
    buzz(5, { author: me }),
    buzz(6),
  ];
  const chat = after(begin(me, room(items)), { type: "read", upTo: 4 });
  const rows = rowsOf(chat, "Asia/Seoul", T);
  assert.deepEqual(rows.map((row) => row.row === "message" ? `${row.message.seq}${row.cont ? "c" : ""}` : row.row), [
    "day",
    "1",
    "day",
    "2",
    "3c",
    "4",
    "5",
    "unread",
    "6",
  ]);
  assert.ok(!rowsOf(begin(me, room(items)), "Asia/Seoul", T).some(({ row }) => row === "unread"));
});

Deno.test("foreign texts are marked with their language", () => {
  assert.equal(foreign("明日から新しい仕事", "ko"), "ja");
  assert.equal(foreign("오늘 meeting 끝", "ja"), "ko");
  assert.equal(foreign("안녕하세요", "ko"), undefined);
  assert.equal(foreign("so tired", "ko"), "en");
  assert.equal(foreign("ㅋㅋㅋ", "en"), "ko");
  assert.equal(foreign("1234 😊", "ko"), undefined);
});

Deno.test("the outbox survives a reload, tab beside tab; a full shelf breaks nothing", () => {
  const shelf = memoryShelf();
  const one = openOutbox(shelf, "me", "plaza"), two = openOutbox(shelf, "me", "plaza");
  const a = { clientId: newId(T), text: "하나", at: T }, b = { clientId: newId(T + 1), text: "둘", at: T + 1 };
  two.keep([b]);
  one.keep([a]);
  assert.deepEqual(openOutbox(shelf, "me", "plaza").read(), [a, b]);
  assert.deepEqual(openOutbox(shelf, "other", "plaza").read(), []);
  one.keep([]);
  assert.deepEqual(openOutbox(shelf, "me", "plaza").read(), [b]);
  const full = {
    ...memoryShelf(),
    setItem() {
      throw new Error("full");
    },
  };
  openOutbox(full, "me", "plaza").keep([a]);
  openNote(null, "draft").keep("글");
  assert.equal(openNote(null, "draft").read(), "");
});

Deno.test("client ids are UUIDs of the seventh kind and grow with time", () => {
  const id = newId(T);
  assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.equal(parseInt(id.replace("-", "").slice(0, 12), 16), T);
  assert.ok(newId(T) < newId(T + 1));
});

function memoryShelf() {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
    key: (i: number) => [...kept.keys()][i] ?? null,
    get length() {
      return kept.size;
    },
  };
}

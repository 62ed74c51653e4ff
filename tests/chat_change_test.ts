import assert from "node:assert/strict";
import type { Change, Message } from "../domain/message.ts";
import { rowsOf } from "../islands/chat/rows.ts";
import { begin, type Chat, type Event, step } from "../islands/chat/state.ts";
import { flow, noStream } from "../islands/chat/stream.ts";

const me = { id: "me", nickname: "느린구름", role: "user" } as const;
const other = { id: "other", nickname: "밤부엉", role: "user" } as const;
const T = Date.UTC(2026, 10, 20, 3, 0);
const line = (seq: number, more: Partial<Message> = {}): Message => ({
  seq,
  id: `streaming:${seq}`,
  clientId: `c${seq}`,
  author: other,
  kind: "user",
  text: `${seq}`,
  at: T + seq * 1000,
  ...more,
});
const change = (seq: number, of: number, what: Omit<Change, "of">): Message =>
  line(seq, { kind: "system", text: "", change: { of, ...what } });
const room = (items: Message[]) => ({ epoch: "e", head: items.at(-1)?.seq ?? 0, items, people: 1 });
const hear = (items: Message[]): Event => ({
  type: "frame",
  now: T,
  frame: { type: items[0].change ? "changed" : "messages", room: "streaming", items },
});
const delta = (from: number, text: string): Event => ({
  type: "frame",
  now: T,
  frame: { type: "delta", room: "streaming", messageId: "streaming:3", from, text },
});
const after = (chat: Chat, ...events: Event[]): Chat => events.reduce(step, chat);

/** The same numbers for the same seed. */
function dice(seed: number): () => number {
  return () => ((seed = (seed * 1103515245 + 12345) & 0x7fffffff) / 0x7fffffff);
}

function shuffled<T>(things: T[], seed: number): T[] {
  const roll = dice(seed);
  return things.map((thing) => ({ thing, at: roll() })).sort((a, b) => a.at - b.at).map(({ thing }) => thing);
}

Deno.test("messages and their changes give the same list in any order, each twice", () => {
  const log: Message[] = [
    line(1),
    line(2, { reply: { seq: 1, nickname: "밤부엉", text: "1" } }),
    change(3, 1, { text: "고친 글", editedAt: T }),
    line(4),
    change(5, 4, { reactions: { pat: 1 } }),
    change(6, 4, { reactions: { pat: 2, cheer: 1 } }),
    change(7, 1, { text: "", gone: "author" }),
    change(8, 2, { asks: true }),
    line(9),
    change(10, 2, { answered: true }),
  ];
  const expected = after(begin(me, room([])), ...log.map((entry) => hear([entry])));
  assert.deepEqual(expected.items.map(({ seq }) => seq), [1, 2, 4, 9]);
  const [first, second, fourth] = expected.items;
  assert.deepEqual([first.text, first.gone, first.editedAt], ["", "author", T]);
  assert.equal(second.reply?.text, "", "nothing of what is gone is quoted");
  assert.deepEqual([second.asks, second.answered], [true, true]);
  assert.deepEqual(fourth.reactions, { pat: 2, cheer: 1 });
  for (let seed = 1; seed <= 200; seed++) {
    const twice = shuffled([...log, ...log], seed).map((entry) => hear([entry]));
    const chat = after(begin(me, room([])), ...twice);
    assert.deepEqual(chat.items, expected.items, `seed ${seed}`);
    assert.equal(chat.head, 10);
  }
});

Deno.test("a page that was read before a change shows it all the same", () => {
  const chat = after(begin(me, room([line(50)])), hear([change(51, 10, { text: "", gone: "keeper" })]));
  const older = after(chat, { type: "older", items: [line(9), line(10)], before: 50 });
  assert.deepEqual(older.items.map(({ text, gone }) => [text, gone]), [["9", undefined], ["", "keeper"], [
    "50",
    undefined,
  ]]);
});

Deno.test("what did not change stays the same object, and the same rows are not made again", () => {
  const chat = begin(me, room([line(1), line(2)]));
  const changed = after(chat, hear([change(3, 2, { text: "고침", editedAt: T })]));
  assert.equal(changed.items[0], chat.items[0]);
  assert.notEqual(changed.items[1], chat.items[1]);
  const people: Event = { type: "frame", now: T, frame: { type: "people", room: "streaming", count: 5 } };
  assert.equal(rowsOf(changed, "Asia/Seoul", T), rowsOf(after(changed, people), "Asia/Seoul", T));
  assert.equal(chat.unseen, 0);
});

Deno.test("changes are no new messages to one who reads back", () => {
  const back = after(begin(me, room([line(1)])), { type: "follow", following: false });
  const chat = after(back, hear([change(2, 1, { reactions: { pat: 1 } })]), hear([line(3)]));
  assert.equal(chat.unseen, 1);
});

Deno.test("pieces of an answer in any order, twice, before or after its message: the same text", () => {
  const whole = "무엇을 했는지보다 왜 그걸 골랐는지가 먼저 오면 오래 남아요.";
  const pieces = Array.from({ length: 9 }, (_, i) => delta(i * 4, whole.slice(i * 4, i * 4 + 6)));
  const start = hear([line(3, { kind: "companion", text: "", state: "streaming" })]);
  for (let seed = 1; seed <= 100; seed++) {
    const chat = after(begin(me, room([line(1), line(2)])), ...shuffled([start, ...pieces, ...pieces], seed));
    assert.equal(chat.items.at(-1)?.text, whole, `seed ${seed}`);
    const done = after(chat, hear([change(4, 3, { text: `${whole} 끝`, state: "done" })]), delta(0, "늦은 조각"));
    assert.deepEqual([done.items.at(-1)?.text, done.items.at(-1)?.state], [`${whole} 끝`, "done"]);
    assert.equal(done.streams.size, 0);
  }
  assert.equal(flow(noStream, 3, "뒤").text, "", "what is ahead of a hole waits");
});

Deno.test("a reaction shows at once, can be taken back, and the log has the last word", () => {
  const pressed = after(begin(me, room([line(1)])), { type: "react", seq: 1, reaction: "pat", on: true });
  assert.deepEqual(pressed.items[0].reactions, { pat: 1 });
  assert.deepEqual(pressed.reacted.get(1), ["pat"]);
  assert.equal(after(pressed, { type: "react", seq: 1, reaction: "pat", on: true }), pressed);
  assert.deepEqual(after(pressed, hear([change(2, 1, { reactions: { pat: 7 } })])).items[0].reactions, { pat: 7 });
  const back = after(pressed, { type: "react", seq: 1, reaction: "pat", on: false });
  assert.deepEqual([back.items[0].reactions, back.reacted.size], [{ pat: 0 }, 0]);
});

Deno.test("who comes and goes is one line until somebody speaks, and none for who does not want it", () => {
  const moved = (came: number, left: number): Event => ({
    type: "frame",
    now: T,
    frame: { type: "came", room: "streaming", came, left, names: ["무지개앵무"] },
  });
  const chat = after(begin(me, room([line(1)])), moved(3, 0), moved(4, 2), hear([line(2)]), moved(1, 0));
  assert.deepEqual(chat.came.map(({ after, came, left }) => [after, came, left]), [[1, 7, 2], [2, 1, 0]]);
  const shown = (chat: Chat) => rowsOf(chat, "Asia/Seoul", T).filter(({ row }) => row === "came").length;
  assert.equal(shown(chat), 2);
  assert.equal(shown(after(chat, { type: "show_came", shown: false })), 0);
});

Deno.test("slow mode rests its writer, and not its keepers", () => {
  const settings = { slow: 30, age: 0, links: true, unique: false, readOnly: false };
  const told = (owner?: string): Event => ({
    type: "frame",
    now: T,
    frame: { type: "room", room: { id: "r", kind: "live", owner, settings } },
  });
  const sending: Event = { type: "send", sending: { clientId: "x", text: "하나", at: T } };
  for (const [role, until, owner] of [["user", T + 30_000], ["moderator", 0], ["user", 0, me.id]] as const) {
    const author = { ...me, role };
    const chat = after(begin(author, room([])), told(owner), sending, hear([line(1, { author, clientId: "x" })]));
    assert.equal(chat.restUntil, until, `${role} ${owner}`);
    const refused = { type: "refused", clientId: "x", code: "slow_mode", message: "천천히", wait: 7 } as const;
    const resting = after(begin(author, room([])), sending, { type: "frame", now: T, frame: refused });
    assert.deepEqual([resting.restUntil, resting.outbox.length, resting.outbox[0].failed], [T + 7_000, 1, undefined]);
  }
});

import { seenBy } from "../realtime/seen.ts";
import assert from "node:assert/strict";
import { PLAZA } from "../domain/room.ts";
import { windowAround, type WindowQuestion } from "../routes/pages/around.ts";
import { openRig } from "./rig.ts";

const zone = "Asia/Seoul";
const author = { id: "someone", nickname: "밤부엉", role: "user" as const };
const at = (date: string, time = "12:00") => Date.parse(`${date}T${time}:00+09:00`);

/** A plaza with messages at the given times, oldest first. */
async function openDays(times: number[]) {
  const rig = await openRig();
  for (const [i, time] of times.entries()) {
    rig.clock.at = time;
    await rig.parts.log.append({ room: PLAZA, author, kind: "user", text: `${i + 1}` });
  }
  const look = async (asked: WindowQuestion) => {
    const { items, ...rest } = await windowAround(seenBy(rig.parts, null), PLAZA, asked, zone);
    return { ...rest, seqs: items.map(({ seq }) => seq) };
  };
  return { rig, look };
}

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);

Deno.test("one message among its neighbours: ten before, twenty after, and how far that is whole", async () => {
  const { rig, look } = await openDays(range(1, 60).map((i) => at("2026-11-20") + i));
  await using _ = rig;
  const middle = await look({ at: 30 });
  assert.deepEqual([middle.seqs, middle.upTo, middle.head, middle.at], [range(20, 50), 50, 60, 30]);
  const first = await look({ at: 1 });
  assert.deepEqual([first.seqs, first.upTo], [range(1, 21), 21]);
  const last = await look({ at: 60 });
  assert.deepEqual([last.seqs, last.upTo], [range(50, 60), 60]);
  const newest = await look({});
  assert.deepEqual([newest.seqs, newest.upTo, newest.at], [range(41, 60), 60, undefined]);
  assert.deepEqual((await look({ before: 11 })).seqs, range(1, 10));
});

Deno.test("changes are no messages: neither a place to go, nor neighbours", async () => {
  const { rig, look } = await openDays(range(1, 5).map((i) => at("2026-11-20") + i));
  await using _ = rig;
  await rig.parts.log.amend(PLAZA, 2, () => ({ text: "고침", editedAt: 9 }));
  const { seqs, upTo, head } = await look({ at: 5 });
  assert.deepEqual([seqs, upTo, head], [range(1, 5), 6, 6]);
  for (const missing of [0, 6, 7, 1e15]) await assert.rejects(look({ at: missing }), /not_found/);
});

Deno.test("a day from its first message, with the days beside it that have some", async () => {
  const { rig, look } = await openDays([
    at("2026-11-10"),
    at("2026-11-18", "00:00"),
    at("2026-11-18", "23:59"),
    at("2026-11-20", "00:00"),
    at("2026-11-20", "09:50"),
  ]);
  await using _ = rig;
  const day = await look({ day: "2026-11-18" });
  assert.deepEqual([day.at, day.seqs, day.days], [2, [2, 3, 4, 5], {
    date: "2026-11-18",
    asked: undefined,
    before: "2026-11-10",
    after: "2026-11-20",
  }]);
  const table: [asked: string, first: number, date: string, before?: string, after?: string][] = [
    ["2026-11-10", 1, "2026-11-10", undefined, "2026-11-18"],
    ["2026-11-20", 4, "2026-11-20", "2026-11-18", undefined],
    ["2026-11-19", 4, "2026-11-20", "2026-11-18", undefined],
    ["2026-11-01", 1, "2026-11-10", undefined, "2026-11-18"],
    ["2026-12-24", 4, "2026-11-20", "2026-11-18", undefined],
  ];
  for (const [asked, first, date, before, after] of table) {
    const { at, days } = await look({ day: asked });
    const other = date === asked ? undefined : asked;
    assert.deepEqual([at, days], [first, { date, asked: other, before, after }], asked);
  }
});

Deno.test("a day that is none leads nowhere; a room without messages has no days", async () => {
  const { rig, look } = await openDays([]);
  await using _ = rig;
  await assert.rejects(look({ day: "" }), /not_found/);
  assert.deepEqual(await look({ day: "2026-11-20" }).then(({ seqs, at, days }) => [seqs, at, days]), [
    [],
    undefined,
    undefined,
  ]);
});

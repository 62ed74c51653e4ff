import { openModel } from "../ai/model.ts";
import { type Letters, openLetters } from "../cron/letter.ts";
import type { LetterParts } from "../cron/write_letter.ts";
import type { Letter } from "../domain/letter.ts";
import type { Mood } from "../domain/mood.ts";
import { keys } from "../kv/keys.ts";
import { type Log, openLog } from "../kv/log.ts";
import { openStore, type Store } from "../kv/store.ts";
import type { Notice } from "../realtime/house.ts";
import { type Asked, type Reply, startModelServer } from "./model_server.ts";

export const SEOUL = "Asia/Seoul";
export const DAY = 86_400_000;
/** 9:50 in Seoul on 21 November 2026. */
export const TEN_TO_TEN = Date.parse("2026-11-21T00:50:00Z");

export type LetterRig = {
  clock: { time: number };
  store: Store;
  log: Log;
  notices: Notice[];
  lines: string[];
  server: ReturnType<typeof startModelServer>;
  /** Letters of another isolate; `change` replaces parts, to break them. */
  letters(change?: (parts: LetterParts) => Partial<LetterParts>): Promise<Letters>;
  /** Appends buzzes by writers of these numbers. */
  say(texts: string[], by?: (n: number) => Person, mood?: Mood): Promise<void>;
  all(): Promise<Letter[]>;
};
type Person = { id: string; nickname: string };

/** Each isolate has a store of its own on one file, and the real openai package before a server of ours. */
export async function withLetters(
  { reply = goodReply as Reply | null, zone = SEOUL, at = TEN_TO_TEN, window = 32_000 },
  test: (rig: LetterRig) => Promise<void>,
): Promise<void> {
  const path = await Deno.makeTempFile({ suffix: ".db" });
  const clock = { time: at }, now = () => clock.time;
  const stores: Store[] = [], notices: Notice[] = [], lines: string[] = [];
  const server = startModelServer(reply ?? (() => ""));
  const line = (...parts: unknown[]) => void lines.push(JSON.stringify(parts));
  const open = async () => {
    const store = await openStore(path);
    stores.push(store);
    return { store, log: openLog({ store, now, isolate: crypto.randomUUID(), line }) };
  };
  const { store, log } = await open();
  const letters: LetterRig["letters"] = async (change) => {
    const parts: LetterParts = {
      ...await open(),
      model: openModel({ key: reply ? "k" : undefined, baseUrl: server.url, name: "model", now, line, window }),
      now,
      zone,
      line,
      announce: (notice) => Promise.resolve(void notices.push(notice)),
      pause: () => Promise.resolve(),
    };
    return openLetters({ ...parts, ...change?.(parts) });
  };
  const say: LetterRig["say"] = async (
    texts,
    by = (n) => ({ id: `u${n % 7}`, nickname: `무지개앵무${n % 7}` }),
    mood,
  ) => {
    await Promise.all(texts.map((text, n) => {
      const author = { ...by(n), role: "user" as const };
      return log.append({ room: "plaza", author, kind: "user", text, mood });
    }));
  };
  const all = async () => (await store.list(keys.letters())).map((row) => row.value);
  try {
    await test({ clock, store, log, notices, lines, server, letters, say, all });
  } finally {
    for (const one of stores) one.close();
    await server.stop();
    await Deno.remove(path);
  }
}

export const taskOf = (asked: Asked): string => asked.response_format?.json_schema?.name ?? "";
export const goodReply: Reply = (asked) => taskOf(asked) === "letter" ? goodLetter() : goodNote;
export const goodNote = JSON.stringify({
  feelings: ["tired"],
  themes: [{ name: "work", buzzes: 3 }],
  gist: "A long day.",
});

/** A letter that keeps all rules; `more` stands at its end, in each language. */
export function goodLetter(more: Partial<Record<"ko" | "en" | "ja", string>> = {}): string {
  const text = (title: string, paragraph: string, last = "") => ({
    title,
    paragraphs: [paragraph, last].filter(Boolean),
    themes: [],
  });
  return JSON.stringify({
    ko: text(
      "천천히 걷는 아침",
      "어제는 많은 분이 고단한 하루를 건넜어요. 그럼에도 서로의 안부를 묻는 마음이 있었어요. 오늘은 물 한 잔을 천천히 마셔 봐요. 창가에 잠깐 서 있어도 좋아요.",
      more.ko,
    ),
    en: text(
      "A slow morning",
      "Many of you crossed a long day. There were sighs, and there was also care. Drink a glass of water slowly today.",
      more.en,
    ),
    ja: text(
      "ゆっくり歩く朝",
      "昨日は多くの人が長い一日を渡りました。ため息もありましたが、思いやりもありました。今日は水を一杯、ゆっくり飲んでみてください。窓のそばに立つのもよいですね。",
      more.ja,
    ),
  });
}

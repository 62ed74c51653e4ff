import type { Lang } from "../../domain/person.ts";

export const speeds = [0.75, 1, 1.25] as const;
export type Speed = (typeof speeds)[number];

/** What is read aloud: the element whose text is marked word by word, and where a recorded voice lies, if anywhere. */
export type Reading = { element: HTMLElement; lang: Lang; speed: Speed; voice?: string };
/** How it ended: to the end, by hand, or because this browser or the server has no voice for it. */
export type Ended = "done" | "stopped" | "mute";

/** Reads one text at a time; another one ends the one before. */
export function openReader() {
  let stop: (() => void) | null = null;

  /** Settles when it is silent again. */
  async function read(reading: Reading): Promise<Ended> {
    stop?.();
    if (reading.voice) {
      const ended = await play(reading);
      if (ended !== "mute") return ended;
    }
    return await speak(reading);
  }

  /** The server's voice. It tells no words, so they are marked by how much of it has been played. */
  function play({ element, speed, voice }: Reading): Promise<Ended> {
    const audio = new Audio(voice);
    audio.playbackRate = speed;
    const words = wordsOf(element.textContent ?? "");
    audio.ontimeupdate = () => {
      const at = audio.currentTime / audio.duration * (element.textContent?.length ?? 0);
      const word = words.findLast(([from]) => from <= at);
      if (word) mark(element, ...word);
    };
    return new Promise((settle) => {
      const end = ending(settle, () => audio.pause());
      audio.onended = () => end("done");
      audio.onerror = () => end("mute");
      audio.play().catch(() => end("mute"));
    });
  }

  function speak({ element, lang, speed }: Reading): Promise<Ended> {
    if (!canSpeak()) return Promise.resolve("mute");
    const text = element.textContent ?? "";
    const said = new SpeechSynthesisUtterance(text);
    said.lang = tags[lang];
    said.rate = speed;
    said.voice = speechSynthesis.getVoices().find((voice) => voice.lang.replace("_", "-").startsWith(lang)) ?? null;
    said.onboundary = ({ charIndex }) => {
      const word = wordsOf(text).findLast(([from]) => from <= charIndex);
      if (word) mark(element, ...word);
    };
    return new Promise((settle) => {
      const end = ending(settle, () => speechSynthesis.cancel());
      said.onend = () => end("done");
      said.onerror = ({ error }) => end(error === "canceled" || error === "interrupted" ? "stopped" : "mute");
      speechSynthesis.cancel();
      speechSynthesis.speak(said);
    });
  }

  function ending(settle: (how: Ended) => void, quiet: () => void) {
    let over = false;
    const end = (how: Ended) => {
      if (over) return;
      over = true;
      CSS.highlights?.delete("spoken");
      settle(how);
    };
    stop = () => {
      end("stopped");
      quiet();
    };
    return end;
  }

  return { read, stop: () => stop?.() };
}
export type Reader = ReturnType<typeof openReader>;

export const canSpeak = (): boolean => "speechSynthesis" in globalThis;

/** Where each word begins and ends. Japanese has no blanks, so the browser's own dictionary is asked. */
export function wordsOf(text: string): [from: number, to: number][] {
  const parts = [...new Intl.Segmenter(undefined, { granularity: "word" }).segment(text)];
  return parts.filter(({ isWordLike }) => isWordLike).map(({ index, segment }) => [index, index + segment.length]);
}

export const tags: Record<Lang, string> = { ko: "ko-KR", en: "en-US", ja: "ja-JP" };

/** Marks a stretch of an element's text without touching the element. */
function mark(element: HTMLElement, from: number, to: number): void {
  const text = element.ownerDocument.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  let before = 0;
  for (let node = text.nextNode(); node; node = text.nextNode()) {
    const length = node.nodeValue!.length;
    if (from < before + length) {
      const range = new Range();
      range.setStart(node, from - before);
      range.setEnd(node, Math.min(length, to - before));
      CSS.highlights?.set("spoken", new Highlight(range));
      return;
    }
    before += length;
  }
}

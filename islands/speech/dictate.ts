import type { Lang } from "../../domain/person.ts";
import { tags } from "./aloud.ts";

type Heard = { results: ArrayLike<{ isFinal: boolean; 0: { transcript: string } }>; resultIndex: number };
/** What browsers that can take dictation offer; there are no types for it. */
type Recognition = {
  lang: string;
  interimResults: boolean;
  continuous: boolean;
  onresult: ((event: Heard) => void) | null;
  onend: (() => void) | null;
  onerror: ((event: { error: string }) => void) | null;
  start(): void;
  stop(): void;
};
type Maker = new () => Recognition;

const maker = (): Maker | undefined => {
  const { SpeechRecognition, webkitSpeechRecognition } = globalThis as Record<string, unknown>;
  return (SpeechRecognition ?? webkitSpeechRecognition) as Maker | undefined;
};

export const canDictate = (): boolean => maker() !== undefined;

/**
 * Writes what is spoken behind what stands in the field already, until `stop` or a pause. `ended` hears whether the
 * browser was refused the microphone.
 */
export function dictate(box: HTMLTextAreaElement, lang: Lang, ended: (refused: boolean) => void): { stop(): void } {
  const Made = maker()!;
  const ear = new Made();
  const before = box.value && !/\s$/.test(box.value) ? `${box.value} ` : box.value;
  let refused = false;
  ear.lang = tags[lang];
  ear.interimResults = true;
  ear.continuous = true;
  ear.onresult = ({ results }) => {
    box.value = before + Array.from(results, ({ 0: { transcript } }) => transcript).join("").trim();
    box.dispatchEvent(new Event("input", { bubbles: true }));
  };
  ear.onerror = ({ error }) => refused ||= error === "not-allowed" || error === "service-not-allowed";
  ear.onend = () => ended(refused);
  ear.start();
  return { stop: () => ear.stop() };
}

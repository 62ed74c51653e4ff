import { hash32 } from "./hash.ts";
import { type Mood, moods } from "./mood.ts";

const animals = ["🦥", "🦜", "🐢", "🦉", "🦎", "🦋", "🦦", "🦔", "🦫", "🐯", "🐸", "🐒", "🦩", "🐼", "🦚", "🐿️"];

/** The animal that stands for a person, and the mood whose colour is behind it: always the same for an id. */
export function faceOf(id: string): { animal: string; tint: Mood } {
  const hash = hash32(id);
  return { animal: animals[hash % animals.length], tint: moods[(hash >>> 8) % moods.length] };
}

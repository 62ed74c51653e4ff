import type { Model } from "./model.ts";
import { withinTime } from "./patience.ts";

const MOST_CHARACTERS = 6_000;
const PATIENCE = 8_000;

/** What a person's own words mean, as the model's numbers; `null` without a key, without words, or when it rests. */
export async function embed(model: Model, texts: string[]): Promise<{ by: string; numbers: number[] } | null> {
  const text = [...texts.join("\n")].slice(0, MOST_CHARACTERS).join("");
  if (!model.embedding || !text.trim()) return null;
  const time = withinTime(PATIENCE);
  try {
    return { by: model.embedding, numbers: await model.embed({ name: "portrait", text }, { signal: time.signal }) };
  } catch {
    return null; // the model has written its line; the words alone do
  } finally {
    time.end();
  }
}

import type { Message } from "../../domain/message.ts";
import { type MoodCount, moods } from "../../domain/mood.ts";
import { fill } from "../../domain/words/fill.ts";
import type { Words } from "../../domain/words/words.ts";
import { MoodMeter } from "./mood_meter.tsx";

/** The moods of some messages; nothing when none carries one. */
export function Weather({ messages, words }: { messages: Message[]; words: Words }) {
  const counts: MoodCount = {};
  for (const { mood } of messages) if (mood) counts[mood] = (counts[mood] ?? 0) + 1;
  const total = moods.reduce((sum, mood) => sum + (counts[mood] ?? 0), 0);
  if (!total) return null;
  return (
    <section class="card wide" aria-labelledby="weather">
      <h2 id="weather">{words.plaza.weather}</h2>
      <MoodMeter words={words} counts={counts} />
      <p class="s muted">{fill(words.plaza.weatherOf, { n: total })}</p>
    </section>
  );
}

import { type Mood, type MoodCount, moodEmoji, moods } from "../../domain/mood.ts";
import type { Words } from "../../domain/words/words.ts";

/** How a day felt, as shares of the buzzes that carry a mood; the most frequent first. Nothing without any. */
export function MoodMeter({ words, counts }: { words: Words; counts: MoodCount }) {
  const shares = sharesOf(counts);
  const said = shares.map(({ mood, percent }) => `${words.moods[mood]} ${percent}%`).join(", ");
  let x = 0;
  return (
    <>
      <svg class="meter" role="img" aria-label={said}>
        {shares.map(({ mood, share }) => {
          const from = x;
          x += share * 100;
          return (
            <rect
              key={mood}
              data-mood={mood}
              x={`${from + 0.5}%`}
              y="1"
              width={`${share * 100 - 1}%`}
              height="14"
              rx="4"
            />
          );
        })}
      </svg>
      <ul class="row legend">
        {shares.map(({ mood, percent }) => (
          <li key={mood} data-mood={mood}>
            <i class="swatch" />
            <span class="e" aria-hidden="true">{moodEmoji[mood]}</span>
            {words.moods[mood]} <b class="num">{percent}%</b>
          </li>
        ))}
      </ul>
    </>
  );
}

type Share = { mood: Mood; share: number; percent: number };

function sharesOf(counts: MoodCount): Share[] {
  const total = moods.reduce((sum, mood) => sum + (counts[mood] ?? 0), 0);
  return moods.filter((mood) => counts[mood]).map((mood) => {
    const share = (counts[mood] ?? 0) / total;
    return { mood, share, percent: Math.max(1, Math.round(share * 100)) };
  }).sort((a, b) => b.share - a.share);
}

/** What people write about, as far as plain words tell; `ai/lexicon.ts` finds it. */
export const themes = [
  "work",
  "study",
  "jobs",
  "sleep",
  "food",
  "coffee",
  "weather",
  "family",
  "friends",
  "love",
  "health",
  "money",
  "animals",
  "music",
  "stories",
  "games",
  "travel",
  "exercise",
  "home",
  "rest",
] as const;
export type Theme = (typeof themes)[number];

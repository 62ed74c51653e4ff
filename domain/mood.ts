/** The eight moods, in their fixed order: light ones grow as leaves, heavy ones as roots. */
export const moods = ["joy", "flutter", "thanks", "calm", "tired", "sad", "anxious", "angry"] as const;
export type Mood = (typeof moods)[number];

export const moodEmoji: Record<Mood, string> = {
  joy: "😊",
  flutter: "🥰",
  thanks: "🤗",
  calm: "😌",
  tired: "😩",
  sad: "😢",
  anxious: "😰",
  angry: "😠",
};

export const isLeaf = (mood: Mood): boolean => moods.indexOf(mood) < 4;

/** How many buzzes carry each mood; a mood nobody chose is absent. */
export type MoodCount = Partial<Record<Mood, number>>;

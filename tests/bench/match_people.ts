import type { MatchProfile } from "../../domain/profile.ts";

/** What a synthetic person is made of. `tastes` are what they really like; profile and writing show some of it. */
export type Made = { id: string; tastes: [number, number]; profile: MatchProfile; said: string[] };

const TOPICS = 60;
const WORDS = 10;

/** People whose preference is planted: each likes those who share a taste. The same seed gives the same people. */
export function makePeople(count: number, seed: number): Made[] {
  const random = seeded(seed);
  const upTo = (n: number) => Math.floor(random() * n);
  const oneOf = <T>(some: readonly T[]) => some[upTo(some.length)];
  const word = () => Array.from({ length: 3 }, () => String.fromCharCode(0xac00 + upTo(11_172))).join("");
  const topics = Array.from({ length: TOPICS }, () => Array.from({ length: WORDS }, word));
  const small_talk = Array.from({ length: 400 }, word);
  const about = (tastes: readonly number[], share: number) =>
    random() < share ? oneOf(topics[oneOf(tastes)]) : oneOf(small_talk);
  return Array.from({ length: count }, (_, i): Made => {
    const tastes: [number, number] = [upTo(TOPICS), upTo(TOPICS)];
    const birthYear = 1965 + upTo(40), age = 2026 - birthYear;
    const speaks = [random() < 0.8 ? "ko" : oneOf(["en", "ja"] as const)] as MatchProfile["speaks"];
    return {
      id: `p${i}`,
      tastes,
      profile: {
        birthYear,
        intentions: random() < 0.3 ? ["friend", "date"] : [oneOf(["friend", "date"] as const)],
        speaks,
        learns: [],
        interests: [...new Set(Array.from({ length: 4 }, () => about(tastes, 0.5)))],
        prompts: { lately: Array.from({ length: 4 }, () => about(tastes, 0.3)).join(" ") },
        region: "",
        ages: { from: Math.max(19, age - 15), to: age + 15 },
        wants: [],
        reads: { plaza: true, live: false },
        visibility: "shown",
        receipts: true,
      },
      said: Array.from({ length: 12 }, () => Array.from({ length: 5 }, () => about(tastes, 0.35)).join(" ")),
    };
  });
}

export const likes = (a: Made, b: Made): boolean => a.tastes.some((taste) => b.tastes.includes(taste));

/** mulberry32 */
export function seeded(seed: number): () => number {
  return () => {
    seed = seed + 0x6d2b79f5 | 0;
    let t = Math.imul(seed ^ seed >>> 15, 1 | seed);
    t = t + Math.imul(t ^ t >>> 7, 61 | t) ^ t;
    return ((t ^ t >>> 14) >>> 0) / 4294967296;
  };
}

import { z } from "zod";

export const intentions = ["friend", "date", "language"] as const;
export type Intention = (typeof intentions)[number];
/** Their names are the browser's own (`Intl.DisplayNames`). */
export const tongues = ["ko", "en", "ja", "zh", "es", "fr", "de", "pt", "vi", "th", "id", "ru"] as const;
export type Tongue = (typeof tongues)[number];
export const prompts = ["lately", "weekend", "comfort", "learn"] as const;
export type PromptName = (typeof prompts)[number];
/** What of one's own writing may be read for matching; each is off until its owner says so. */
export const readables = ["plaza", "live"] as const;
export type Readable = (typeof readables)[number];
/** `hidden`: seen by nobody but those who were greeted. `paused`: takes no part. */
export const visibilities = ["shown", "hidden", "paused"] as const;

export const ADULT = 19;
export const MOST_INTERESTS = 10;

const tidy = (s: string) => s.toWellFormed().normalize("NFC").trim().replace(/\s+/gu, " ");
const line = (max: number) =>
  z.string().max(4 * max).transform(tidy).refine((s) => [...s].length <= max, `text_long:${max}`)
    .refine((s) => !/[\p{Cc}\p{Co}\p{Cn}\u2028\u2029]/u.test(s), "nickname_characters");
const filled = (max: number) => line(max).refine((s) => s.length > 0, "blank");
const set = <T extends z.ZodType>(item: T) => z.array(item).transform((all) => [...new Set(all)]);
const age = z.number().int().min(ADULT).max(120);

/** The body of `PUT /api/matching/profile`. That the birth year is an adult's is asked where there is a clock. */
export const profileForm = z.strictObject({
  birthYear: z.number().int().min(1900, "birth_year").max(2100, "birth_year"),
  intentions: set(z.enum(intentions)).refine((all) => all.length > 0, "choose_one"),
  speaks: set(z.enum(tongues)).refine((all) => all.length > 0, "choose_one").refine((all) => all.length <= 5),
  learns: set(z.enum(tongues)).refine((all) => all.length <= 5).default([]),
  interests: set(filled(20)).refine((all) => all.length <= MOST_INTERESTS, "too_many_interests").default([]),
  prompts: z.partialRecord(z.enum(prompts), filled(200)).default({}),
  region: line(40).default(""),
  /** Hard conditions on the other: their age, and a language of which they speak one (none: any). */
  ages: z.strictObject({ from: age, to: age }).refine(({ from, to }) => from <= to, "age_range")
    .default({ from: ADULT, to: 120 }),
  wants: set(z.enum(tongues)).default([]),
  reads: z.strictObject({ plaza: z.boolean(), live: z.boolean() }).default({ plaza: false, live: false }),
  visibility: z.enum(visibilities).default("shown"),
  /** Whether others see how far I have read, and I how far they have. */
  receipts: z.boolean().default(true),
});
export type ProfileForm = z.output<typeof profileForm>;
/** `photo` is the id of a photo. */
export type MatchProfile = ProfileForm & { photo?: string };

export const ageOf = (birthYear: number, now: number): number => new Date(now).getUTCFullYear() - birthYear;
/** Of age whatever their birthday is. */
export const isAdult = (birthYear: number, now: number): boolean => {
  const age = ageOf(birthYear, now);
  return age >= ADULT && age <= 120;
};

const parts = {
  photo: ({ photo }: MatchProfile) => photo !== undefined,
  interests: ({ interests }: MatchProfile) => interests.length >= 3,
  prompts: ({ prompts }: MatchProfile) => Object.keys(prompts).length > 0,
  region: ({ region }: MatchProfile) => region !== "",
  reads: ({ reads }: MatchProfile) => reads.plaza || reads.live,
};
export type ProfilePart = keyof typeof parts;
/** What would make a profile say more, in the order in which it helps. */
export const missingParts = (profile: MatchProfile): ProfilePart[] =>
  (Object.keys(parts) as ProfilePart[]).filter((part) => !parts[part](profile));
export const PARTS = Object.keys(parts).length;

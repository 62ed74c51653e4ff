import { z } from "zod";
import { correctionLevels } from "./correction.ts";
import { went } from "./level.ts";
import { langs } from "./person.ts";
import { levels, review, tags } from "./scene.ts";
import { starParts } from "./star.ts";
import { line, lines } from "./written.ts";

export const modes = ["conversation", "interview"] as const;
export type Mode = (typeof modes)[number];
/** The kinds of work that have questions of their own; `general` fits all. */
export const jobs = ["general", "developer", "designer", "marketer", "service", "office"] as const;
export type Job = (typeof jobs)[number];
export const QUESTIONS = 5;

const corrections = z.enum(["off", ...correctionLevels]);
const fields = { title: line(40), level: z.enum(levels), corrections, tags };

/** A practice as somebody asks for it. `topic` is a conversation's; `job` and `posting` (a job text) an interview's. */
export const practiceDraft = z.object({
  mode: z.enum(modes).default("conversation"),
  language: z.enum(langs).default("en"),
  ...fields,
  title: fields.title.default(""),
  /** Absent: one's own, or as the last one of its kind went. */
  level: fields.level.optional(),
  corrections: corrections.default("light"),
  tags: tags.default([]),
  topic: line(120).default(""),
  job: z.enum(jobs).default("general"),
  posting: lines(6_000).default(""),
  offRecord: z.stringbool().or(z.boolean()).default(false),
});
export type PracticeDraft = z.output<typeof practiceDraft>;
export const practiceChange = z.object({ ...fields, topic: line(120) }).partial();
export type PracticeChange = z.output<typeof practiceChange>;

/** Where an interview is: what is asked (and may be asked on), which question (from 0), and whether that was a follow-up. */
export const interview = z.object({
  questions: z.array(z.object({ ask: z.string(), then: z.string().optional() })),
  at: z.number().int(),
  followUp: z.boolean(),
  done: z.boolean(),
});
export type Interview = z.infer<typeof interview>;

/** A practice as it is kept, under the id of its room. `again` is the room of the attempt before, `attempt` counts from 1. */
export const practice = z.object({
  id: z.string(),
  mode: z.enum(modes),
  language: z.enum(langs),
  title: z.string(),
  level: z.enum(levels),
  corrections,
  tags: z.array(z.string()),
  topic: z.string(),
  job: z.enum(jobs),
  posting: z.string(),
  offRecord: z.boolean(),
  review: z.array(review),
  interview: interview.optional(),
  attempt: z.number().int(),
  again: z.string().optional(),
  /** How often each size of hint was used. */
  hints: z.object({ word: z.number(), frame: z.number(), sentence: z.number() }),
  /** A conversation's lines that a model looked at so far, and those in which there was nothing to put right. */
  coached: went.optional(),
  /** How the one before went, when the level moved because of that. */
  moved: went.extend({ how: z.enum(["won", "lost"]) }).optional(),
  createdAt: z.number(),
});
export type Practice = z.infer<typeof practice>;

export const hintSizes = ["word", "frame", "sentence"] as const;
export type HintSize = (typeof hintSizes)[number];
export const hintRequest = z.object({ size: z.enum(hintSizes) });

/** One part of an answer: 0 to 5; `quote` is the person's own words, `hint` what is missing. */
export const starMark = z.object({
  score: z.number().int().min(0).max(5),
  quote: z.string().optional(),
  hint: z.string(),
});
export const starReport = z.object(
  Object.fromEntries(starParts.map((part) => [part, starMark])) as Record<(typeof starParts)[number], typeof starMark>,
);
/** `said` is the answer and what was answered to the follow-up, word for word. `score` of 20. */
export const reported = z.object({
  question: z.string(),
  followUp: z.string().optional(),
  said: z.string(),
  star: starReport,
  score: z.number().int(),
  better: z.string(),
});
/** An interview's end. `byRules`: made without a model. `asker`: who asked, when that was a person. */
export const report = z.object({
  room: z.string(),
  attempt: z.number().int(),
  at: z.number(),
  byRules: z.boolean(),
  score: z.number().int().describe("Of 100"),
  answers: z.array(reported),
  again: z.string().optional(),
  asker: z.string().optional(),
});
export type StarMark = z.infer<typeof starMark>;
export type StarReport = z.infer<typeof starReport>;
export type Reported = z.infer<typeof reported>;
export type Report = z.infer<typeof report>;

/** A report without the words of who asked. */
export const withoutQuestions = ({ asker: _, ...report }: Report): Report => ({
  ...report,
  answers: report.answers.map((answer) => ({ ...answer, question: "" })),
});

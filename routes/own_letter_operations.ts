import { z } from "zod";
import { objections, ownLetterWish, tones } from "../domain/own_letter.ts";
import { langs } from "../domain/person.ts";
import type { Operation } from "./operation.ts";
import { objection } from "./own_letters.ts";

const letter = z.object({
  date: z.string(),
  writtenAt: z.number().describe("Epoch milliseconds"),
  lang: z.enum(langs),
  by: z.string().describe("The model's name, or offline"),
  tone: z.enum(tones),
  claims: z.array(z.object({
    text: z.string().describe("Empty once an entry behind it was deleted"),
    sources: z.array(z.object({ room: z.string(), seq: z.number().int() })),
    topic: z.string().optional(),
    not: z.enum(objections).optional(),
  })),
}).meta({ id: "OwnLetter" });

/** The half of a letter that is one member's own. */
export const ownLetterOperations: Operation[] = [
  {
    method: "get",
    path: "/api/own-letters/wish",
    summary: "Whether I get a letter of my own, how it speaks, and what it may read",
    who: "member",
    answers: { 200: ownLetterWish },
    problems: [],
  },
  {
    method: "put",
    path: "/api/own-letters/wish",
    summary: "Ask for a letter of my own, or not any more",
    who: "member",
    body: ownLetterWish,
    answers: { 200: ownLetterWish },
    problems: ["invalid"],
  },
  {
    method: "get",
    path: "/api/own-letters/:date",
    summary: "My half of the letter of a date, once it is open",
    who: "member",
    answers: { 200: letter },
    problems: ["not_found"],
  },
  {
    method: "post",
    path: "/api/own-letters/:date",
    summary: "Open it: it is written now, from my own entries of that day, every sentence with its sources",
    who: "member",
    answers: { 201: letter },
    problems: ["not_found", "forbidden", "too_many"],
  },
  {
    method: "post",
    path: "/api/own-letters/:date/not",
    summary: "Not this: a sentence that I do not want, and that the next letter leaves out",
    who: "member",
    body: objection,
    answers: { 200: letter },
    problems: ["invalid", "not_found", "busy"],
  },
];

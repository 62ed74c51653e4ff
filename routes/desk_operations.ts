import { z } from "zod";
import { announced, announcement } from "./announcements.ts";
import { figuresAnswer, figuresQuestion } from "./figures.ts";
import { letterOrder } from "./letters.ts";
import type { Operation } from "./operation.ts";

/** What else administrators can do; `letter` is how a letter is described, `room` how a room is. */
export const deskOperations = (letter: z.ZodType, room: z.ZodObject): Operation[] => [
  {
    method: "get",
    path: "/api/admin/rooms",
    summary: "Every live room, closed and private ones too, with how many people are there now",
    who: "admin",
    answers: { 200: z.object({ items: z.array(room.extend({ people: z.number().int() })) }) },
    problems: ["not_found"],
  },
  {
    method: "post",
    path: "/api/admin/letters",
    summary: "Write the letter of a date (today's without one) now, unless it is there",
    who: "admin",
    body: letterOrder,
    answers: { 201: letter },
    problems: ["invalid", "not_found"],
  },
  {
    method: "get",
    path: "/api/admin/figures",
    summary: "How many people, messages, tokens and errors there were, a day or a month back",
    who: "admin",
    query: figuresQuestion,
    answers: { 200: figuresAnswer },
    problems: ["invalid", "not_found"],
  },
  {
    method: "post",
    path: "/api/admin/announcements",
    summary: "Say something in the plaza and in every open live room, or in one. The same clientId says it once",
    who: "admin",
    body: announcement,
    answers: { 201: announced },
    problems: ["invalid", "not_found", "client_id_reused"],
  },
];

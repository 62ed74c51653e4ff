import { z } from "zod";
import { card, cardSettings } from "../domain/card.ts";
import { week } from "../domain/progress.ts";
import { cardDraft, cardReview, cardsQuestion } from "./cards.ts";
import type { Operation } from "./operation.ts";

const theCard = card.meta({ id: "Card" });

/** What the mistake bank can do. */
export const cardOperations: Operation[] = [
  {
    method: "get",
    path: "/api/cards",
    summary: "My cards, newest first, page by page: all, due now, not resolved yet, or resolved",
    who: "member",
    query: cardsQuestion,
    answers: {
      200: z.object({
        items: z.array(theCard),
        page: z.number().int(),
        pages: z.number().int(),
        total: z.number().int(),
      }),
    },
    problems: ["invalid"],
  },
  {
    method: "post",
    path: "/api/cards",
    summary: "Keep a correction that was found in the browser; the same one again is the same card",
    who: "member",
    body: cardDraft,
    answers: { 201: theCard },
    problems: ["invalid", "too_many"],
  },
  {
    method: "get",
    path: "/api/cards/settings",
    summary: "Which rooms, besides the AI rooms, may make cards",
    who: "member",
    answers: { 200: cardSettings },
    problems: [],
  },
  {
    method: "put",
    path: "/api/cards/settings",
    summary: "Let live rooms or 1:1 make cards, or no longer",
    who: "member",
    body: cardSettings,
    answers: { 200: cardSettings },
    problems: ["invalid"],
  },
  {
    method: "get",
    path: "/api/cards/:id",
    summary: "One of my cards",
    who: "member",
    answers: { 200: theCard },
    problems: ["not_found"],
  },
  {
    method: "delete",
    path: "/api/cards/:id",
    summary: "Throw a card of mine away",
    who: "member",
    answers: { 204: null },
    problems: ["not_found"],
  },
  {
    method: "post",
    path: "/api/cards/:id/review",
    summary: "How well I knew a due card; good and easy are right uses, three of which resolve it",
    who: "member",
    body: cardReview,
    answers: { 200: theCard },
    problems: ["invalid", "not_found"],
  },
  {
    method: "get",
    path: "/api/progress",
    summary: "My streak, which forgives a day, twelve weeks, and how many cards are resolved, due and open",
    who: "member",
    answers: {
      200: z.object({
        streak: z.object({ days: z.number().int(), rested: z.boolean() }),
        weeks: z.array(week),
        resolved: z.number().int(),
        due: z.number().int(),
        open: z.number().int(),
      }),
    },
    problems: [],
  },
];

import { z } from "zod";
import { pairDeed, pairDraft, pairView } from "../domain/pair.ts";
import type { Operation } from "./operation.ts";

const thePair = pairView.meta({ id: "PairInterview" });

/** What the API can do with the pair interview of a room of two. */
export const pairOperations: Operation[] = [
  {
    method: "get",
    path: "/api/rooms/:id/pair",
    summary: "The pair interview of a room of two, as I see it",
    who: "member",
    answers: { 200: z.object({ pair: thePair.nullable() }) },
    problems: ["not_found"],
  },
  {
    method: "post",
    path: "/api/rooms/:id/pair",
    summary: "Propose one, which lets the model read, this one time, what I write from its start to its end",
    who: "member",
    body: pairDraft,
    answers: { 201: z.object({ pair: thePair }) },
    problems: ["invalid", "not_found", "forbidden", "pair_on", "used_up", "too_many", "blocked_words", "busy"],
  },
  {
    method: "post",
    path: "/api/rooms/:id/pair/:act",
    summary:
      "`accept` (it begins, and takes one practice request of each; the same consent), `decline` (nobody is told), `withdraw`, `end` this turn, `stop` it unscored",
    who: "member",
    body: pairDeed,
    answers: { 200: z.object({ pair: thePair.nullable() }) },
    problems: ["invalid", "not_found", "forbidden", "used_up", "pair_used_up", "busy"],
  },
];

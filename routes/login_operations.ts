import { z } from "zod";
import { provider } from "../domain/provider.ts";
import type { Operation } from "./operation.ts";
import { stepUpRequest } from "./step_up.ts";

const at = z.number().describe("Epoch milliseconds");
const session = z.object({
  id: z.string(),
  device: z.string().describe("In the reader's words, from what the browser said of itself"),
  place: z.string().describe("A country where a trusted proxy said it, in the reader's words"),
  createdAt: at,
  usedAt: at.describe("A few minutes behind at most; epoch milliseconds"),
  current: z.boolean(),
});

/** What the API can do with one's own logins. In a browser `/login/kakao` and `/login/github` begin the other ways in. */
export const loginOperations: Operation[] = [
  {
    method: "get",
    path: "/api/sessions",
    summary: "Where I am logged in, the last used first",
    who: "member",
    answers: { 200: z.object({ items: z.array(session) }) },
    problems: [],
  },
  {
    method: "delete",
    path: "/api/sessions",
    summary: "End all my other logins; their sockets close",
    who: "member",
    answers: { 204: null },
    problems: [],
  },
  {
    method: "delete",
    path: "/api/sessions/:id",
    summary: "End one of my logins; its sockets close",
    who: "member",
    answers: { 204: null },
    problems: ["not_found"],
  },
  {
    method: "get",
    path: "/api/logins",
    summary: "The ways in that I have: a password, accounts of providers",
    who: "member",
    answers: {
      200: z.object({
        password: z.boolean(),
        providers: z.array(z.object({
          provider,
          offered: z.boolean(),
          linkedAt: at.optional(),
          name: z.string().optional().describe("What the provider calls me"),
        })),
      }),
    },
    problems: [],
  },
  {
    method: "delete",
    path: "/api/logins/:provider",
    summary: "Unlink a provider; never the last way in",
    who: "member",
    answers: { 204: null },
    problems: ["not_found", "last_way_in"],
  },
  {
    method: "post",
    path: "/api/step-up",
    summary: "The password again: for ten minutes what cannot be undone may be done in this login",
    who: "member",
    body: stepUpRequest,
    answers: { 200: z.object({ freshUntil: at }) },
    problems: ["invalid", "too_many", "busy"],
  },
];

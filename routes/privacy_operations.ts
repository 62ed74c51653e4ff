import { z } from "zod";
import { consent, consentChange, sent } from "../domain/consent.ts";
import { blockRequest } from "./blocks.ts";
import { sentQuestion } from "./consents.ts";
import type { Operation } from "./operation.ts";

const theConsent = consent.meta({ id: "Consent" });
const block = z.object({ userId: z.string(), nickname: z.string(), at: z.number().describe("Epoch milliseconds") });

/** Blocks, and what a model may read. */
export const privacyOperations: Operation[] = [
  {
    method: "get",
    path: "/api/blocks",
    summary: "Whom I have blocked, newest first",
    who: "member",
    answers: { 200: z.object({ items: z.array(block) }) },
    problems: [],
  },
  {
    method: "post",
    path: "/api/blocks",
    summary: "Block somebody: from now on neither of us meets the other anywhere. Keepers cannot be blocked",
    who: "member",
    body: blockRequest,
    answers: { 204: null },
    problems: ["invalid", "not_found", "forbidden"],
  },
  {
    method: "delete",
    path: "/api/blocks/:user",
    summary: "Take a block back",
    who: "member",
    answers: { 204: null },
    problems: [],
  },
  {
    method: "get",
    path: "/api/consent",
    summary: "On which surfaces a model may read what I write",
    who: "member",
    answers: { 200: theConsent },
    problems: [],
  },
  {
    method: "patch",
    path: "/api/consent",
    summary: "Change some of these; it holds from the next request to the model",
    who: "member",
    body: consentChange,
    answers: { 200: theConsent },
    problems: ["invalid"],
  },
  {
    method: "get",
    path: "/api/consent/sent",
    summary: "What was sent to the model: when, for what, and how many of my messages, newest first",
    who: "member",
    query: sentQuestion,
    answers: { 200: z.object({ items: z.array(sent), page: z.number().int(), more: z.boolean() }) },
    problems: ["invalid"],
  },
];

import { z } from "zod";
import { consent, consentChange, sent } from "../domain/consent.ts";
import { blockRequest } from "./blocks.ts";
import { sentQuestion } from "./consents.ts";
import { leaveRequest } from "./leaving.ts";
import type { Operation } from "./operation.ts";

const theConsent = consent.meta({ id: "Consent" });
const block = z.object({ userId: z.string(), nickname: z.string(), at: z.number().describe("Epoch milliseconds") });

const theExport = z.object({
  state: z.enum(["making", "ready"]),
  percent: z.number().int(),
  items: z.number().int(),
  startedAt: z.number().describe("Epoch milliseconds"),
  expiresAt: z.number().describe("Epoch milliseconds"),
  links: z.object({ json: z.string().optional(), html: z.string().optional() }).describe("Each works once"),
}).meta({ id: "Export" });
const leaving = z.object({
  dueAt: z.number().describe("Until then one may change one's mind. Epoch milliseconds"),
  messages: z.enum(["keep", "remove"]),
});

/** Blocks, what a model may read, and taking along or deleting what is mine. */
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
    problems: ["invalid", "not_found", "forbidden", "too_many"],
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
  {
    method: "post",
    path: "/api/export",
    summary: "Begin to make a copy of everything that is mine; needs a recent `POST /api/step-up`",
    who: "member",
    answers: { 202: theExport },
    problems: ["step_up_required", "busy"],
  },
  {
    method: "get",
    path: "/api/export",
    summary: "How my export stands, and its links once it is made",
    who: "member",
    answers: { 200: theExport },
    problems: ["not_found"],
  },
  {
    method: "get",
    path: "/api/export/:word",
    summary: "The file of a link: JSON, or a page to read. The link is used up",
    who: "member",
    answers: { 200: z.object({ madeAt: z.string(), sections: z.record(z.string(), z.array(z.unknown())) }) },
    problems: ["not_found"],
  },
  {
    method: "delete",
    path: "/api/account",
    summary: "Delete my account in seven days; needs a recent `POST /api/step-up`",
    who: "member",
    body: leaveRequest,
    answers: { 202: leaving },
    problems: ["invalid", "step_up_required", "last_admin"],
  },
  {
    method: "get",
    path: "/api/account/leaving",
    summary: "When my account will be deleted; 404 when it will not",
    who: "member",
    answers: { 200: leaving },
    problems: ["not_found"],
  },
  {
    method: "post",
    path: "/api/account/stay",
    summary: "I have changed my mind: keep my account",
    who: "member",
    answers: { 204: null },
    problems: ["not_found"],
  },
];

import { z } from "zod";
import { hintRequest, practice, practiceChange, practiceDraft, report } from "../domain/practice.ts";
import { quota } from "../domain/quota.ts";
import { recollection, recollectionChange } from "../domain/recollection.ts";
import { kinds } from "../domain/message.ts";
import { scene, sceneChange, sceneDraft } from "../domain/scene.ts";
import { castOperations } from "./cast_operations.ts";
import { ownQuestion } from "./ai_room.ts";
import { branchQuestion, sayRequest } from "./ai_talk.ts";
import type { Operation } from "./operation.ts";
import { transcriptQuestion } from "./transcript.ts";

const last = z.object({ seq: z.number().int(), kind: z.enum(kinds), text: z.string(), at: z.number() });
const counted = { quota };
const theScene = scene.meta({ id: "Scene" }), thePractice = practice.meta({ id: "Practice" });
const theReport = report.meta({ id: "InterviewReport" });
const offline = z.boolean().describe("No model: hand-written lines, rules instead of understanding");
const pageOf = <S extends z.ZodObject>(record: S) =>
  z.object({ items: z.array(record.extend({ last: last.optional() })), next: z.string().optional(), quota });

/** What the API can do with AI rooms; `message` is how a message is described. */
export const aiOperations = (message: z.ZodType): Operation[] => [
  {
    method: "get",
    path: "/api/roleplays",
    summary: "My role-plays, newest first, with what was said last. `RateLimit-…` headers say what is left today",
    who: "member",
    query: ownQuestion,
    answers: { 200: pageOf(theScene) },
    problems: ["invalid"],
  },
  {
    method: "post",
    path: "/api/roleplays",
    summary: "Make a role-play: one's own scene, or one of the gallery by `scenario`",
    who: "member",
    body: sceneDraft,
    answers: { 201: theScene.extend(counted) },
    problems: ["invalid", "too_many", "busy"],
  },
  {
    method: "get",
    path: "/api/roleplays/:id",
    summary: "A role-play: its scene, what has become of its goals, how it ended",
    who: "member",
    answers: { 200: theScene.extend({ ...counted, offline }) },
    problems: ["not_found"],
  },
  {
    method: "patch",
    path: "/api/roleplays/:id",
    summary: "Change a scene: from the next answer on, marked in the log",
    who: "member",
    body: sceneChange,
    answers: { 200: theScene },
    problems: ["invalid", "not_found", "busy"],
  },
  ...castOperations,
  ...talkOperations("/api/roleplays", message),
  {
    method: "get",
    path: "/api/practices",
    summary: "My conversations and interviews, newest first, with what was said last",
    who: "member",
    query: ownQuestion,
    answers: { 200: pageOf(thePractice) },
    problems: ["invalid"],
  },
  {
    method: "post",
    path: "/api/practices",
    summary: "Begin a conversation, or an interview: that costs one request, and asks its first question by itself",
    who: "member",
    body: practiceDraft,
    answers: { 201: thePractice.extend(counted) },
    problems: ["invalid", "used_up", "too_many", "busy"],
  },
  {
    method: "get",
    path: "/api/practices/:id",
    summary: "A practice, and how far an interview has come",
    who: "member",
    answers: { 200: thePractice.extend({ ...counted, offline }) },
    problems: ["not_found"],
  },
  {
    method: "patch",
    path: "/api/practices/:id",
    summary: "Change a practice: from the next answer on, marked in the log",
    who: "member",
    body: practiceChange,
    answers: { 200: thePractice },
    problems: ["invalid", "not_found", "busy"],
  },
  {
    method: "post",
    path: "/api/practices/:id/again",
    summary: "The same interview once more, in a room of its own; it costs one request",
    who: "member",
    answers: { 201: thePractice.extend(counted) },
    problems: ["not_found", "forbidden", "used_up", "too_many"],
  },
  ...(["get", "post"] as const).map((method): Operation => ({
    method,
    path: "/api/practices/:id/report",
    summary: method === "get"
      ? "An interview's report, and that of the attempt before"
      : "The same, made when it is missing because the model failed at the interview's end",
    who: "member",
    answers: { 200: z.object({ report: theReport, before: theReport.optional() }) },
    problems: method === "get" ? ["not_found"] : ["not_found", "companion_resting"],
  })),
  ...talkOperations("/api/practices", message),
];

/** The talk in an AI room, the same for both kinds. */
function talkOperations(base: string, message: z.ZodType): Operation[] {
  const one = `${base}/:id`, said = `${one}/messages/:seq`;
  const answered = z.object({ message, answer: message.optional(), quota }).describe(
    "With `Accept: application/json`. Else server-sent events: the frames of the socket by their types, then `end` with this. No answer: in a scene for several, a line for people alone",
  );
  const hint = z.object({ text: z.string(), meaning: z.string() });
  const member = { who: "member" } as const;
  const refusals: Operation["problems"] = [
    "invalid",
    "not_found",
    "used_up",
    "companion_busy",
    "scene_over",
    "too_many",
  ];
  const page = z.object({
    items: z.array(message),
    next: z.number().int().optional(),
    head: z.number().int(),
    epoch: z.string(),
  });
  return [
    {
      ...member,
      method: "delete",
      path: one,
      summary: "Delete the room and every word of it",
      answers: { 204: null },
      problems: ["not_found"],
    },
    {
      ...member,
      method: "get",
      path: `${one}/messages`,
      summary: "The branch of the talk that is shown, its end first; `versions` of a message are others in its place",
      query: branchQuestion,
      answers: { 200: page },
      problems: ["invalid", "not_found"],
    },
    {
      ...member,
      method: "post",
      path: `${one}/messages`,
      summary: "Say something, and be answered: it costs one request, which a failed answer gives back",
      body: sayRequest,
      answers: { 200: answered },
      problems: [...refusals, "client_id_reused"],
    },
    {
      ...member,
      method: "post",
      path: `${said}/regenerate`,
      summary: "Another version of an answer; so is one repeated that was interrupted",
      answers: { 200: answered },
      problems: [...refusals, "forbidden"],
    },
    {
      ...member,
      method: "post",
      path: `${said}/rerun`,
      summary: "One's own line in other words: another version, from which the talk goes on",
      body: sayRequest,
      answers: { 200: answered },
      problems: [...refusals, "forbidden"],
    },
    {
      ...member,
      method: "post",
      path: `${said}/choose`,
      summary: "Go on from another version of a message",
      answers: { 204: null },
      problems: ["not_found", "companion_busy"],
    },
    {
      ...member,
      method: "post",
      path: `${one}/hints`,
      summary: "What I could say next: a word, a frame or a sentence. Free",
      body: hintRequest,
      answers: { 200: hint },
      problems: ["invalid", "not_found", "too_many", "companion_resting"],
    },
    {
      ...member,
      method: "get",
      path: `${one}/transcript`,
      summary: "The talk as a file, JSON or Markdown: the branch that is shown. Not of a talk off the record",
      query: transcriptQuestion,
      answers: { 200: z.object({ about: z.union([theScene, thePractice]), messages: z.array(message) }) },
      problems: ["invalid", "not_found", "forbidden"],
    },
    {
      ...member,
      method: "get",
      path: `${one}/memory`,
      summary: "What the companion remembers of this room",
      answers: { 200: recollection },
      problems: ["not_found"],
    },
    {
      ...member,
      method: "put",
      path: `${one}/memory`,
      summary: "Change it: a fact that is left out is forgotten, with the message that it came from",
      body: recollectionChange,
      answers: { 200: recollection },
      problems: ["invalid", "not_found", "busy"],
    },
  ];
}

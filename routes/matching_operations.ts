import { z } from "zod";
import { filterNames } from "../domain/matching/filters.ts";
import { profileLines } from "../domain/matching/reasons.ts";
import { intentions, profileForm, prompts, tongues } from "../domain/profile.ts";
import { muteRequest, personRequest, suggestionsQuestion, untrueRequest } from "./matching.ts";
import type { Operation } from "./operation.ts";
import { photoQuestion } from "./photos.ts";

const profile = profileForm.extend({ photo: z.string().optional().describe("Its bytes are at /photos/{photo}") });
const reason = z.object({
  signal: z.string().describe("What `POST /api/matching/untrue` takes out"),
  text: z.string(),
  source: z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("profile"), line: z.enum(profileLines) }),
    z.object({ kind: z.literal("buzz"), room: z.string(), seq: z.number().int(), at: z.number() }),
  ]).describe("A line of my profile, or a public buzz of mine"),
});
const card = z.object({
  id: z.string(),
  nickname: z.string(),
  age: z.number().int(),
  intentions: z.array(z.enum(intentions)).describe("What we both look for"),
  speaks: z.array(z.enum(tongues)),
  learns: z.array(z.enum(tongues)),
  interests: z.array(z.string()),
  prompts: z.partialRecord(z.enum(prompts), z.string()),
  region: z.string(),
  photo: z.string().optional(),
});
const emptied = z.object({
  filter: z.enum([...filterNames, "met", "nobody", "paused"]).describe("What left nobody"),
  without: z.number().int().describe("How many would appear if only that were wider"),
});
const person = z.object({ id: z.string(), nickname: z.string(), photo: z.string().optional() });
const last = z.object({
  text: z.string(),
  at: z.number(),
  mine: z.boolean(),
  photo: z.boolean(),
  gone: z.boolean(),
});
const chat = z.object({
  room: z.string().describe("Of `/api/rooms/{id}/messages` and of the socket"),
  person,
  at: z.number().describe("When both had said yes, epoch milliseconds"),
  open: z.boolean(),
  muted: z.boolean(),
  last: last.optional(),
  unread: z.number().int().describe("99 is 99 or more"),
  yourTurn: z.boolean(),
});

/** What the API can do to bring two people together; `message` is how a message is described. */
export const matchingOperations = (message: z.ZodType): Operation[] => [
  {
    method: "get",
    path: "/api/matching/profile",
    summary: "My matching profile, what it lacks, and whether my address is verified",
    who: "member",
    answers: {
      200: z.object({ profile: profile.nullable(), missing: z.array(z.string()), verified: z.boolean() }),
    },
    problems: [],
  },
  {
    method: "put",
    path: "/api/matching/profile",
    summary: "Write my matching profile; adults only. What `reads` switches off is out before this answers",
    who: "member",
    body: profileForm,
    answers: { 200: z.object({ profile }) },
    problems: ["invalid", "busy"],
  },
  {
    method: "put",
    path: "/api/matching/photo",
    summary: "My picture: the body is a JPEG, PNG or WebP file; what a camera wrote beside the picture is removed",
    who: "member",
    answers: { 200: z.object({ photo: z.string() }) },
    problems: ["photo_kind", "too_large", "no_profile", "too_many"],
  },
  {
    method: "delete",
    path: "/api/matching/photo",
    summary: "Remove my picture",
    who: "member",
    answers: { 204: null },
    problems: ["no_profile"],
  },
  {
    method: "get",
    path: "/api/matching/suggestions",
    summary: "Who might suit me, with reasons; the same state gives the same order. Nobody: why",
    who: "member",
    query: suggestionsQuestion,
    answers: {
      200: z.object({
        items: z.array(z.object({ person: card, reasons: z.array(reason) })),
        emptied: emptied.optional(),
      }),
    },
    problems: ["no_profile", "unverified", "invalid"],
  },
  {
    method: "post",
    path: "/api/matching/untrue",
    summary: "A reason is not true: its signal does not count for me any more",
    who: "member",
    body: untrueRequest,
    answers: { 204: null },
    problems: ["invalid", "no_profile", "busy"],
  },
  {
    method: "get",
    path: "/api/matching/likes",
    summary: "Whom I said yes to without an answer yet; a no is never told",
    who: "member",
    answers: {
      200: z.object({ items: z.array(person.pick({ id: true, nickname: true }).extend({ at: z.number() })) }),
    },
    problems: [],
  },
  {
    method: "post",
    path: "/api/matching/likes",
    summary: "Say yes; the room opens when both have",
    who: "member",
    body: personRequest,
    answers: { 201: z.object({ matched: z.boolean(), room: z.string().optional() }) },
    problems: ["invalid", "not_found", "matches_full", "too_many", "busy"],
  },
  {
    method: "delete",
    path: "/api/matching/likes/:user",
    summary: "Take a yes back",
    who: "member",
    answers: { 204: null },
    problems: [],
  },
  {
    method: "post",
    path: "/api/matching/passes",
    summary: "Not now; nobody is told",
    who: "member",
    body: personRequest,
    answers: { 204: null },
    problems: ["invalid", "not_found"],
  },
  {
    method: "get",
    path: "/api/matches",
    summary: "My conversations, the newest said first",
    who: "member",
    answers: { 200: z.object({ items: z.array(chat) }) },
    problems: [],
  },
  {
    method: "patch",
    path: "/api/matches/:id",
    summary: "No notices of a conversation, or notices again",
    who: "member",
    body: muteRequest,
    answers: { 204: null },
    problems: ["invalid", "not_found"],
  },
  {
    method: "post",
    path: "/api/matches/:id/goodbye",
    summary: "Leave a kind word and close the conversation; both can still read it",
    who: "member",
    answers: { 204: null },
    problems: ["not_found", "busy"],
  },
  {
    method: "delete",
    path: "/api/matches/:id",
    summary: "Unmatch: the conversation disappears for both at once",
    who: "member",
    answers: { 204: null },
    problems: ["not_found", "busy"],
  },
  {
    method: "post",
    path: "/api/rooms/:id/photos",
    summary: "Send a photo to a room of two: the body is a JPEG, PNG or WebP file",
    who: "member",
    query: photoQuestion,
    answers: { 200: message, 201: message },
    problems: ["not_found", "photo_kind", "too_large", "forbidden", "too_many"],
  },
  {
    method: "get",
    path: "/api/chats/api/rooms/:id/messages",
    summary: "The newest 500 messages of a room of two, in the words of the first matching service",
    who: "member",
    answers: {
      200: z.array(z.object({ sender_username: z.string(), content: z.string(), timestamp: z.string() })),
    },
    problems: ["not_found"],
  },
];

import { z } from "zod";
import { catchUp } from "../domain/catch_up.ts";
import { translation } from "../domain/translation.ts";
import { roles } from "../domain/person.ts";
import { accesses, roomChange, roomDraft, roomKinds, roomSettings } from "../domain/room.ts";
import { askRequest } from "./ask.ts";
import { catchUpQuestion, questionRequest } from "./companion.ts";
import { translationQuestion } from "./translations.ts";
import type { Operation } from "./operation.ts";
import { pollDraft, pollVote } from "./polls.ts";
import { joinRequest, pinRequest, roomsQuestion } from "./rooms.ts";

export const theRoom = z.object({
  id: z.string(),
  kind: z.enum(roomKinds),
  title: z.string().optional().describe("Absent: the house's own room, called by the reader's language"),
  topic: z.string().optional(),
  access: z.enum(accesses).optional(),
  owner: z.string().optional(),
  members: z.array(z.string()).optional().describe("The two of a room of two"),
  settings: roomSettings.optional(),
  pinned: z.number().int().optional().describe("A message's number"),
  createdAt: z.number().optional().describe("Epoch milliseconds"),
  closedAt: z.number().optional(),
  overAt: z.number().optional(),
}).meta({ id: "Room" });
const glimpse = theRoom.extend({
  people: z.number().int().describe("There now, over all isolates: people, not tabs"),
  newest: z.object({ seq: z.number().int(), nickname: z.string(), text: z.string(), at: z.number() }).optional(),
});
const mine = z.object({ write: z.boolean(), keep: z.boolean(), own: z.boolean() });
const author = z.object({ id: z.string(), nickname: z.string(), role: z.enum(roles) });

/** What the API can do with live rooms; `message` is how a message is described. */
export const roomOperations = (message: z.ZodType): Operation[] => [
  {
    method: "get",
    path: "/api/rooms",
    summary: "Open live rooms that I may find, newest first, with who is there and what was said last",
    who: "anyone",
    query: roomsQuestion,
    answers: { 200: z.object({ items: z.array(glimpse), next: z.string().optional() }) },
    problems: ["invalid", "unauthenticated"],
  },
  {
    method: "post",
    path: "/api/rooms",
    summary: "Open a live room: five a day",
    who: "member",
    body: roomDraft,
    answers: { 201: theRoom },
    problems: ["invalid", "too_many", "busy"],
  },
  {
    method: "get",
    path: "/api/rooms/:id",
    summary: "A room, and what I may do in it",
    who: "anyone",
    answers: { 200: glimpse.extend({ pin: message.optional(), may: mine }) },
    problems: ["not_found"],
  },
  {
    method: "patch",
    path: "/api/rooms/:id",
    summary: "Change a room: its name, topic and readers its owner, its settings moderators too",
    who: "member",
    body: roomChange,
    answers: { 200: theRoom },
    problems: ["invalid", "not_found", "forbidden", "busy"],
  },
  {
    method: "delete",
    path: "/api/rooms/:id",
    summary: "Close a room for good: it can be read and not written in",
    who: "member",
    answers: { 204: null },
    problems: ["not_found", "forbidden", "busy"],
  },
  {
    method: "put",
    path: "/api/rooms/:id/pin",
    summary: "Pin a message, in place of another",
    who: "member",
    body: pinRequest,
    answers: { 200: theRoom },
    problems: ["invalid", "not_found", "forbidden", "busy"],
  },
  {
    method: "delete",
    path: "/api/rooms/:id/pin",
    summary: "Take the pin away",
    who: "member",
    answers: { 200: theRoom },
    problems: ["not_found", "forbidden", "busy"],
  },
  {
    method: "get",
    path: "/api/rooms/:id/people",
    summary: "Who is in a room now: by name as far as a list shows, then `more`; guests are counted",
    who: "anyone",
    answers: {
      200: z.object({ members: z.array(author), more: z.number().int(), guests: z.number().int() }),
    },
    problems: ["not_found"],
  },
  {
    method: "delete",
    path: "/api/rooms/:id/people/:person",
    summary: "Send a member out of a private room, or leave it for good with one's own id",
    who: "member",
    answers: { 204: null },
    problems: ["not_found", "forbidden", "busy"],
  },
  {
    method: "post",
    path: "/api/rooms/:id/invitations",
    summary: "A new invitation, good for a week; the one before it is good no more",
    who: "member",
    answers: { 201: z.object({ token: z.string(), path: z.string(), expiresAt: z.number() }) },
    problems: ["not_found", "forbidden"],
  },
  {
    method: "delete",
    path: "/api/rooms/:id/invitations",
    summary: "Take the invitation back; who has joined stays",
    who: "member",
    answers: { 204: null },
    problems: ["not_found", "forbidden"],
  },
  {
    method: "post",
    path: "/api/ask",
    summary: "Ask the companion outside any room; nothing of it is kept",
    who: "anyone",
    body: askRequest,
    answers: { 200: askRequest },
    problems: ["invalid", "too_many", "companion_resting"],
  },
  {
    method: "post",
    path: "/api/rooms/:id/ask",
    summary: "Ask the companion in a live room: the question and one answer, which grows, are messages for everybody",
    who: "member",
    body: questionRequest,
    answers: { 201: message, 200: message },
    problems: ["invalid", "not_found", "forbidden", "too_many", "companion_busy", "client_id_reused"],
  },
  {
    method: "post",
    path: "/api/rooms/:id/messages/:seq/stop",
    summary: "Stop an answer of the companion; what it said stays. For who asked and for keepers",
    who: "member",
    answers: { 200: message },
    problems: ["not_found", "forbidden"],
  },
  {
    method: "get",
    path: "/api/rooms/:id/messages/:seq/speech",
    summary: "What the companion said, read aloud, as audio/mpeg; 503 where there is no voice",
    who: "member",
    answers: { 200: null },
    problems: ["not_found", "too_many", "companion_resting"],
  },
  {
    method: "get",
    path: "/api/rooms/:id/messages/:seq/translation",
    summary: "What somebody wrote, in another language (mine when none is named)",
    who: "anyone",
    query: translationQuestion,
    answers: { 200: translation },
    problems: ["invalid", "not_found", "kept_from_ai", "too_many", "companion_resting"],
  },
  {
    method: "get",
    path: "/api/rooms/:id/catch-up",
    summary: "What was talked about since a number, in my language: at most six lines, each leading to its messages",
    who: "anyone",
    query: catchUpQuestion,
    answers: { 200: catchUp },
    problems: ["invalid", "not_found"],
  },
  {
    method: "post",
    path: "/api/rooms/:id/join",
    summary: "Come in by an invitation",
    who: "member",
    body: joinRequest,
    answers: { 200: theRoom },
    problems: ["invalid", "not_found", "busy"],
  },
  {
    method: "post",
    path: "/api/rooms/:id/polls",
    summary: "Put a poll in the room, as one of its keepers",
    who: "member",
    body: pollDraft,
    answers: { 201: message },
    problems: ["invalid", "not_found", "forbidden"],
  },
  {
    method: "post",
    path: "/api/rooms/:id/messages/:seq/votes",
    summary: "Vote, once a person; another option moves the vote",
    who: "member",
    body: pollVote,
    answers: { 200: message },
    problems: ["invalid", "not_found", "forbidden"],
  },
  {
    method: "post",
    path: "/api/rooms/:id/messages/:seq/close",
    summary: "Close a poll, as one of the room's keepers",
    who: "member",
    answers: { 200: message },
    problems: ["not_found", "forbidden"],
  },
  {
    method: "post",
    path: "/api/rooms/:id/messages/:seq/answered",
    summary: "Take a question out of the queue, as one of the room's keepers",
    who: "member",
    answers: { 200: message },
    problems: ["not_found", "forbidden"],
  },
];

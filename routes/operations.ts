import { z } from "zod";
import { letter } from "../domain/letter.ts";
import {
  credentials,
  profile,
  profileChange,
  refreshRequest,
  registration,
  tokens,
  usernameQuestion,
} from "../domain/person.ts";
import { editChat, sendChat } from "../domain/wire.ts";
import { accountMailOperations } from "./account_mail_operations.ts";
import { cardOperations } from "./card_operations.ts";
import { messagesQuestion, ownQuestion } from "./chats.ts";
import { aiOperations } from "./ai_operations.ts";
import { deskOperations } from "./desk_operations.ts";
import { message } from "./message_schema.ts";
import { lettersQuestion } from "./letters.ts";
import { matchingOperations } from "./matching_operations.ts";
import { levelOperations } from "./level_operations.ts";
import { loginOperations } from "./login_operations.ts";
import type { Operation } from "./operation.ts";
import { orderOperations } from "./order_operations.ts";
import { ownLetterOperations } from "./own_letter_operations.ts";
import { pairOperations } from "./pair_operations.ts";
import { pushOperations } from "./push_operations.ts";
import { roomOperations, theRoom } from "./room_operations.ts";
import { searchOperations } from "./search_operations.ts";
import { privacyOperations } from "./privacy_operations.ts";

const newest = z.object({ items: z.array(message), head: z.number().int(), epoch: z.string() });
const pageOf = <S extends z.ZodType>(item: S) =>
  z.object({ items: z.array(item), page: z.number().int(), pages: z.number().int(), total: z.number().int() });
const theLetter = letter.meta({ id: "Letter" });
const theTokens = tokens.meta({ id: "Tokens" });
const theProfile = profile.meta({ id: "Profile" });
const nothing = null;

export type { Operation };

/** Everything that the API can do; `openapi.ts` makes the document of it, and a test holds it against the routes. */
export const operations: Operation[] = [
  {
    method: "post",
    path: "/api/register",
    summary: "Sign up; the browser also gets cookies",
    who: "anyone",
    body: registration,
    answers: { 201: theTokens },
    problems: ["invalid", "username_taken", "too_many", "busy"],
  },
  {
    method: "post",
    path: "/api/check-username",
    summary: "Whether a username is still free",
    who: "anyone",
    body: usernameQuestion,
    answers: { 200: z.object({ available: z.boolean() }) },
    problems: ["invalid"],
  },
  {
    method: "post",
    path: "/api/login",
    summary: "Log in; the browser also gets cookies",
    who: "anyone",
    body: credentials,
    answers: { 200: theTokens },
    problems: ["invalid", "bad_credentials", "too_many", "busy"],
  },
  {
    method: "post",
    path: "/api/token/refresh",
    summary: "A new pair of tokens for a refresh token, of the body or of the cookie. An old one ends the login",
    who: "anyone",
    body: refreshRequest,
    answers: { 200: theTokens },
    problems: ["unauthenticated", "session_ended"],
  },
  {
    method: "post",
    path: "/api/logout",
    summary: "End this login and clear the cookies",
    who: "anyone",
    answers: { 204: nothing },
    problems: [],
  },
  {
    method: "get",
    path: "/api/profile",
    summary: "Who I am",
    who: "member",
    answers: { 200: theProfile },
    problems: [],
  },
  {
    method: "patch",
    path: "/api/profile",
    summary: "Change my nickname or language",
    who: "member",
    body: profileChange,
    answers: { 200: theProfile },
    problems: ["invalid"],
  },
  ...accountMailOperations,
  {
    method: "post",
    path: "/api/ws-ticket",
    summary: "A ticket for `/ws?ticket=`, good once and for half a minute",
    who: "member",
    answers: { 200: z.object({ ticket: z.string(), expiresIn: z.number().describe("Seconds") }) },
    problems: [],
  },
  {
    method: "post",
    path: "/api/send-chat",
    summary: "Write a buzz in the plaza. The same clientId again answers 200 with the first message",
    who: "member",
    body: sendChat,
    answers: { 201: message, 200: message },
    problems: ["invalid", "too_many", "client_id_reused"],
  },
  {
    method: "get",
    path: "/api/recent-chats",
    summary: "The newest 20 buzzes of the plaza, oldest first",
    who: "anyone",
    answers: { 200: newest },
    problems: [],
  },
  {
    method: "get",
    path: "/api/chat-logs",
    summary: "My own buzzes, newest first, page by page",
    who: "member",
    query: ownQuestion,
    answers: { 200: pageOf(message) },
    problems: ["invalid"],
  },
  ...loginOperations,
  ...roomOperations(message),
  ...orderOperations(message),
  ...aiOperations(message),
  ...levelOperations,
  {
    method: "get",
    path: "/api/rooms/:id/messages",
    summary: "A room's messages by number, oldest first: the newest, those before a number, or those after one",
    who: "anyone",
    query: messagesQuestion,
    answers: { 200: newest },
    problems: ["invalid", "not_found"],
  },
  {
    method: "post",
    path: "/api/rooms/:id/messages",
    summary: "Write in a room. The same clientId again answers 200 with the first message",
    who: "member",
    body: sendChat,
    answers: { 201: message, 200: message },
    problems: ["invalid", "not_found", "forbidden", "too_many", "client_id_reused"],
  },
  {
    method: "patch",
    path: "/api/rooms/:id/messages/:seq",
    summary: "Write one's own message anew; it is marked as edited",
    who: "member",
    body: editChat,
    answers: { 200: message },
    problems: ["invalid", "not_found", "forbidden", "too_many"],
  },
  {
    method: "delete",
    path: "/api/rooms/:id/messages/:seq",
    summary: "Take one's own message away; its place stays, empty",
    who: "member",
    answers: { 200: message },
    problems: ["not_found", "forbidden"],
  },
  {
    method: "put",
    path: "/api/rooms/:id/messages/:seq/reactions/:reaction",
    summary: "React to a message, once: pat, metoo or cheer",
    who: "member",
    answers: { 200: message },
    problems: ["not_found", "forbidden", "too_many"],
  },
  {
    method: "delete",
    path: "/api/rooms/:id/messages/:seq/reactions/:reaction",
    summary: "Take a reaction back",
    who: "member",
    answers: { 200: message },
    problems: ["not_found", "forbidden", "too_many"],
  },
  ...searchOperations(message),
  ...pushOperations,
  ...ownLetterOperations,
  {
    method: "get",
    path: "/api/letters",
    summary: "The letters, newest first, page by page",
    who: "anyone",
    query: lettersQuestion,
    answers: { 200: pageOf(theLetter) },
    problems: ["invalid"],
  },
  {
    method: "get",
    path: "/api/letters/latest",
    summary: "The newest letter",
    who: "anyone",
    answers: { 200: theLetter },
    problems: ["not_found"],
  },
  {
    method: "get",
    path: "/api/letters/:date",
    summary: "The letter of a date, yyyy-mm-dd",
    who: "anyone",
    answers: { 200: theLetter },
    problems: ["not_found"],
  },
  ...cardOperations,
  ...matchingOperations(message),
  ...pairOperations,
  ...privacyOperations,
  ...deskOperations(theLetter, theRoom),
  {
    method: "get",
    path: "/api/openapi.json",
    summary: "This document",
    who: "anyone",
    answers: { 200: z.record(z.string(), z.unknown()) },
    problems: [],
  },
];

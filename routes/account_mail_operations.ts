import { z } from "zod";
import { addressChange, forgotten, passwordChange, reset, tokenSent } from "../domain/account.ts";
import { letterMailState, letterWish } from "../domain/letter_mail.ts";
import type { Operation } from "./operation.ts";

const sent = z.object({ sent: z.literal(true) });

/** Passwords, the mail address, and the letter by mail. */
export const accountMailOperations: Operation[] = [
  {
    method: "post",
    path: "/api/password/forgot",
    summary: "Ask for a mail to set a new password. The answer is the same whether there is such an account or not",
    who: "anyone",
    body: forgotten,
    answers: { 202: sent },
    problems: ["invalid", "too_many"],
  },
  {
    method: "post",
    path: "/api/password/reset",
    summary: "Set the password by the token of that mail, once; all logins end",
    who: "anyone",
    body: reset,
    answers: { 204: null },
    problems: ["invalid", "token_over", "too_many", "busy"],
  },
  {
    method: "put",
    path: "/api/password",
    summary: "Change my password, or set my first one after a step-up; all other logins end",
    who: "member",
    body: passwordChange,
    answers: { 204: null },
    problems: ["invalid", "step_up_required", "too_many", "busy"],
  },
  {
    method: "put",
    path: "/api/email",
    summary:
      "Have another mail address, without a password after a step-up. It counts when it is verified; the one before is told",
    who: "member",
    body: addressChange,
    answers: { 202: sent },
    problems: ["invalid", "step_up_required", "too_many", "busy"],
  },
  {
    method: "post",
    path: "/api/email/again",
    summary: "Send the mail that verifies my address once more",
    who: "member",
    answers: { 202: sent },
    problems: ["no_address", "too_many"],
  },
  {
    method: "post",
    path: "/api/email/verify",
    summary: "Verify a mail address by the token of the mail, once",
    who: "anyone",
    body: tokenSent,
    answers: { 204: null },
    problems: ["invalid", "token_over", "email_taken", "too_many"],
  },
  {
    method: "get",
    path: "/api/letter-mail",
    summary: "Whether and when the letter comes to me by mail",
    who: "member",
    answers: { 200: letterMailState },
    problems: [],
  },
  {
    method: "put",
    path: "/api/letter-mail",
    summary: "Have the letter by mail at an hour. The first time a mail asks to confirm it",
    who: "member",
    body: letterWish,
    answers: { 200: letterMailState },
    problems: ["invalid", "no_address", "too_many"],
  },
  {
    method: "delete",
    path: "/api/letter-mail",
    summary: "No more letters by mail",
    who: "member",
    answers: { 204: null },
    problems: [],
  },
  {
    method: "post",
    path: "/api/letter-mail/confirm",
    summary: "Confirm by the token of the mail that letters may come, once",
    who: "anyone",
    body: tokenSent,
    answers: { 204: null },
    problems: ["invalid", "token_over", "too_many"],
  },
];

import { z } from "zod";
import { checkAnswer, levelChoice } from "../domain/level_check.ts";
import { toldCheck } from "./level_checks.ts";
import type { Operation } from "./operation.ts";

const theCheck = toldCheck.meta({ id: "LevelCheck" });

/** What the API can do with level checks. */
export const levelOperations: Operation[] = [
  {
    method: "get",
    path: "/api/level-checks/:language",
    summary:
      "My level check in a language: its answers so far, the next question or what was found, and the level in use",
    who: "member",
    answers: { 200: theCheck },
    problems: ["not_found"],
  },
  {
    method: "post",
    path: "/api/level-checks/:language/answers",
    summary: "Answer step `step`; without `said`: “I don't know”. Free. `care`: a cry for help was not judged or kept",
    who: "member",
    body: checkAnswer,
    answers: { 200: theCheck.extend({ care: z.boolean() }) },
    problems: ["invalid", "not_found", "too_many", "busy"],
  },
  {
    method: "delete",
    path: "/api/level-checks/:language/answers",
    summary: "Begin the check anew; the level in use stays until there is another",
    who: "member",
    answers: { 200: theCheck },
    problems: ["not_found", "busy"],
  },
  {
    method: "put",
    path: "/api/level-checks/:language",
    summary: "Set the level in use oneself",
    who: "member",
    body: levelChoice,
    answers: { 200: theCheck },
    problems: ["invalid", "not_found", "busy"],
  },
];

import { z } from "zod";
import {
  auditEntry,
  banOrder,
  hidden,
  reason,
  report,
  roleOrder,
  sanction,
  settlement,
  siteTimeoutOrder,
  timeoutOrder,
  undoing,
  wordList,
} from "../domain/keeping.ts";
import { profile } from "../domain/person.ts";
import type { ProblemCode } from "../domain/problems.ts";
import { pageQuestion, peopleQuestion, reportsQuestion } from "./admin.ts";
import type { Operation } from "./operation.ts";

const theSanction = sanction.meta({ id: "Sanction" });
const theReport = report.meta({ id: "Report" });
const theEntry = auditEntry.meta({ id: "AuditEntry" });
const pageOf = <S extends z.ZodType>(item: S) =>
  z.object({ items: z.array(item), page: z.number().int(), more: z.boolean() });
const acting: ProblemCode[] = ["invalid", "not_found", "forbidden"];
type Rest = Partial<Pick<Operation, "body" | "query" | "problems">>;

const keepers = (
  method: Operation["method"],
  path: string,
  summary: string,
  answers: Operation["answers"],
  rest: Rest = {},
): Operation => ({
  method,
  path: `/api/rooms/:id${path}`,
  summary,
  who: "member",
  answers,
  problems: acting,
  ...rest,
});
const desk = (
  method: Operation["method"],
  path: string,
  summary: string,
  answers: Operation["answers"],
  rest: Rest = {},
): Operation => ({
  method,
  path: `/api/admin${path}`,
  summary,
  who: "admin",
  answers,
  problems: acting,
  ...rest,
});

/** What the API can do to keep order; `message` is how a message is described. */
export const orderOperations = (message: z.ZodType): Operation[] => [
  keepers(
    "post",
    "/messages/:seq/report",
    "Tell staff of a message, once; it is kept as it is now, with three before and after",
    { 201: z.object({ id: z.string() }), 200: z.object({ id: z.string() }) },
    { body: reason, problems: [...acting, "too_many"] },
  ),
  keepers("post", "/messages/:seq/hide", "Hide a message", { 200: message }, { body: reason }),
  keepers("delete", "/messages/:seq/hide", "Show it again", { 200: message }, { body: undoing }),
  keepers("get", "/messages/:seq/hidden", "What a hidden message said, for keepers", { 200: hidden }, {
    problems: ["not_found"],
  }),
  keepers("post", "/timeouts", "Let somebody rest for 1 minute to 7 days", { 201: theSanction }, {
    body: timeoutOrder,
  }),
  keepers("delete", "/timeouts/:user", "End a time-out early", { 204: null }, { body: undoing }),
  keepers("post", "/bans", "Send somebody out of the room", { 201: theSanction }, { body: banOrder }),
  keepers("delete", "/bans/:user", "Let them in again", { 204: null }, { body: undoing }),
  desk(
    "get",
    "/people",
    "People whose username or nickname begins so; the newest without a question",
    { 200: pageOf(profile.extend({ sanctions: z.array(theSanction) })) },
    { query: peopleQuestion, problems: ["invalid", "not_found"] },
  ),
  desk("post", "/people/:id/timeout", "A time-out in the whole place", { 201: theSanction }, {
    body: siteTimeoutOrder,
  }),
  desk("delete", "/people/:id/timeout", "End it early", { 204: null }, { body: undoing }),
  desk("post", "/people/:id/ban", "Send somebody out of the whole place; their sockets close at once", {
    201: theSanction,
  }, { body: reason }),
  desk("delete", "/people/:id/ban", "Let them in again", { 204: null }, { body: undoing }),
  desk("post", "/people/:id/role", "Give a role; the last administrator cannot step down", { 204: null }, {
    body: roleOrder,
    problems: [...acting, "last_admin"],
  }),
  desk("post", "/people/:id/end-sessions", "End all logins of a person", { 204: null }, { body: reason }),
  desk("get", "/reports", "Reports, newest first", { 200: pageOf(theReport) }, {
    query: reportsQuestion,
    problems: ["invalid", "not_found"],
  }),
  desk("get", "/reports/:id", "One report whole; of a room of two, this is written down", { 200: theReport }, {
    problems: ["not_found"],
  }),
  desk("post", "/reports/:id", "Settle a report", { 200: theReport }, { body: settlement }),
  desk("get", "/audit", "What was done, newest first", { 200: pageOf(theEntry) }, {
    query: pageQuestion,
    problems: ["invalid", "not_found"],
  }),
  desk("post", "/audit/:id/undo", "Take a deed back, where that can be", { 204: null }, { body: reason }),
  desk("get", "/words", "The words that messages may not have", {
    200: z.object({ words: z.array(z.string()), first: z.array(z.string()).describe("What a new place starts with") }),
  }, { problems: ["not_found"] }),
  desk("put", "/words", "Change them", { 200: z.object({ words: z.array(z.string()) }) }, { body: wordList }),
];

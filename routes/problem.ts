import { HTTPException } from "hono/http-exception";
import { faultOf, type LogLine } from "../domain/logger.ts";
import { Problem, type ProblemCode, problems } from "../domain/problems.ts";
import type { Quota } from "../domain/quota.ts";
import { explain } from "../domain/words/explain.ts";
import { wordsIn } from "../domain/words/words.ts";
import type { AppContext } from "./context.ts";

/** The body of every error, `application/problem+json` (RFC 9457). `detail` and `fields` are in the reader's language. */
export type Told = {
  type: string;
  title: string;
  status: number;
  code: ProblemCode;
  detail: string;
  /** Seconds. */
  wait?: number;
  fields?: Record<string, string>;
  quota?: Quota;
  requestId: string;
};
/** Draws the same as a page, for people. */
export type RenderError = (c: AppContext, told: Told) => Response | Promise<Response>;

/** The one place where errors become answers. */
export function answerErrors(line: LogLine, renderError: RenderError) {
  return async (error: Error, c: AppContext): Promise<Response> => {
    const problem = asProblem(error) ?? new Problem("broken");
    report(line, c, error, problem);
    const told = tell(c, problem);
    const answer = wantsPage(c) ? await renderError(c, told) : c.json(told, told.status as 400);
    if (!wantsPage(c)) answer.headers.set("Content-Type", "application/problem+json; charset=UTF-8");
    if (told.wait) answer.headers.set("Retry-After", String(told.wait));
    if (told.status === 401) answer.headers.set("WWW-Authenticate", "Bearer");
    return answer;
  };
}

/** Browsers that walk from page to page ask for HTML; programs do not, and a page's links need an address that parses. */
const wantsPage = (c: AppContext): boolean =>
  !c.req.path.startsWith("/api/") && (c.req.header("Accept") ?? "").includes("text/html") && URL.canParse(c.req.url);

function asProblem(error: Error): Problem | null {
  if (error instanceof Problem) return error;
  if (!(error instanceof HTTPException) || error.status >= 500) return null;
  const code = (Object.keys(problems) as ProblemCode[]).find((code) => problems[code] === error.status);
  return new Problem(code ?? "malformed");
}

function tell(c: AppContext, problem: Problem): Told {
  const { message, fields } = explain(c.get("words") ?? wordsIn("ko"), problem);
  const status = problems[problem.code];
  const wait = problem.detail.wait === undefined ? undefined : Math.max(1, Math.ceil(problem.detail.wait));
  return {
    type: `/api/docs#${problem.code}`,
    title: titles[status] ?? "Error",
    status,
    code: problem.code,
    detail: message,
    wait,
    fields,
    quota: problem.detail.quota,
    requestId: c.get("requestId"),
  };
}

/** Only what is our own fault is worth a line. */
function report(line: LogLine, c: AppContext, error: Error, { code }: Problem): void {
  if (code === "unavailable") line("warn", "unavailable", { request: c.get("requestId"), cause: String(error.cause) });
  if (code === "broken") line("error", "broken", { request: c.get("requestId"), ...faultOf(error) });
}

const titles: Record<number, string> = {
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  405: "Method Not Allowed",
  408: "Request Timeout",
  409: "Conflict",
  413: "Content Too Large",
  415: "Unsupported Media Type",
  422: "Unprocessable Content",
  429: "Too Many Requests",
  500: "Internal Server Error",
  503: "Service Unavailable",
};

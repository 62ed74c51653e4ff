import { Problem, type ProblemCode, problems } from "../../domain/problems.ts";
import { explain } from "../../domain/words/explain.ts";
import type { AppContext } from "../context.ts";

/** A form that was refused shows again what was sent, and why it was refused. */
export type Tried = {
  sent: Record<string, unknown>;
  code: ProblemCode;
  message: string;
  fields: Record<string, string>;
};

/** Does it; when it is refused, draws the form again with what was sent and the reason in words. */
export async function attempt(
  c: AppContext,
  sent: Record<string, unknown>,
  act: () => Promise<Response>,
  again: (tried: Tried) => Response | Promise<Response>,
): Promise<Response> {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof Problem) || error.code === "not_found") throw error;
    const { message, fields = {} } = explain(c.var.words, error);
    c.status(problems[error.code]);
    return await again({ sent, code: error.code, message, fields });
  }
}

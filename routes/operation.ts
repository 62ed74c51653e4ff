import type { z } from "zod";
import type { ProblemCode } from "../domain/problems.ts";

/** A row of the table of what the API can do. */
export type Operation = {
  method: "get" | "post" | "put" | "patch" | "delete";
  /** As Hono writes it: `/api/rooms/:id/messages`. */
  path: string;
  summary: string;
  /** Whose token it needs. */
  who: "anyone" | "member" | "admin";
  body?: z.ZodType;
  query?: z.ZodObject;
  /** What the answers carry; `null` is an empty one. */
  answers: Record<number, z.ZodType | null>;
  problems: ProblemCode[];
};

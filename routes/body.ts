import { zValidator } from "@hono/zod-validator";
import { createMiddleware } from "hono/factory";
import type { z } from "zod";
import { limits } from "../domain/limits.ts";
import { Problem } from "../domain/problems.ts";

type Validated<S extends z.ZodType> = { in: { json: z.input<S> }; out: { json: z.output<S> } };

/**
 * A JSON body or a form, checked: `c.req.valid("json")` gives it either way. No body at all is an empty object.
 * Problems: unsupported, too_large, too_slow, malformed, invalid with `fields`.
 */
export function body<S extends z.ZodType>(schema: S) {
  return createMiddleware<object, string, Validated<S>>(async (c, next) => {
    const type = c.req.header("Content-Type") ?? "";
    const kind = kindOf(type);
    const bytes = await readBody(c.req.raw);
    if (!kind && bytes.length) throw new Problem("unsupported");
    const read = kind === "form" ? parseForm(schema, await formOf(bytes, type)) : schema.safeParse(jsonOf(bytes));
    if (!read.success) throw invalid(read.error);
    c.req.addValidatedData("json", read.data as object);
    await next();
  });
}

/** The query, checked: `c.req.valid("query")`. Problem: invalid with `fields`. */
export const query = <S extends z.ZodType>(schema: S) =>
  zValidator("query", schema, (read) => {
    if (!read.success) throw invalid(read.error);
  });

/** What a form sent, once more by the schema of what it is for. Problem: invalid with `fields`. */
export function checked<S extends z.ZodType>(schema: S, sent: unknown): z.output<S> {
  const read = schema.safeParse(sent);
  if (!read.success) throw invalid(read.error);
  return read.data;
}

/** What zod found, as a code for each field: our schemas' messages are codes; zod's own become `other` in `explain`. */
export function invalid(error: z.core.$ZodError): Problem {
  const fields: Record<string, string> = {};
  for (const { path, message } of error.issues) fields[path.join(".") || "body"] ??= message;
  return new Problem("invalid", { fields });
}

function kindOf(type: string): "json" | "form" | null {
  const media = type.split(";")[0].trim().toLowerCase();
  if (/^application\/([\w.-]+\+)?json$/.test(media)) return "json";
  return media === "application/x-www-form-urlencoded" || media === "multipart/form-data" ? "form" : null;
}

/** Counted while it streams, and not for longer than the deadline. Problems: too_large, too_slow, malformed. */
export async function readBody(request: Request, most: number = limits.body): Promise<Uint8Array<ArrayBuffer>> {
  if (Number(request.headers.get("Content-Length") ?? 0) > most) throw new Problem("too_large");
  if (!request.body) return new Uint8Array();
  const reader = request.body.getReader();
  const parts: Uint8Array[] = [];
  let size = 0, late = false;
  const timer = setTimeout(() => {
    late = true;
    reader.cancel().catch(() => {});
  }, limits.bodyTime);
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      size += part.value.length;
      if (size > most) throw new Problem("too_large");
      parts.push(part.value);
    }
    if (late) throw new Problem("too_slow");
  } catch (error) {
    reader.cancel().catch(() => {});
    throw error instanceof Problem ? error : new Problem(late ? "too_slow" : "malformed");
  } finally {
    clearTimeout(timer);
  }
  return joined(parts, size);
}

function joined(parts: Uint8Array[], size: number): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function jsonOf(bytes: Uint8Array): unknown {
  try {
    return bytes.length ? JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes)) : {};
  } catch {
    throw new Problem("malformed");
  }
}

async function formOf(bytes: Uint8Array<ArrayBuffer>, type: string): Promise<Record<string, unknown>> {
  try {
    return Object.fromEntries(await new Response(bytes, { headers: { "Content-Type": type } }).formData());
  } catch {
    throw new Problem("malformed");
  }
}

/** A form sends "" for what was left out: where that does not fit, it is tried as absent. */
function parseForm<S extends z.ZodType>(schema: S, form: Record<string, unknown>) {
  const read = schema.safeParse(form);
  if (read.success) return read;
  const filled = schema.safeParse(Object.fromEntries(Object.entries(form).filter(([, value]) => value !== "")));
  return filled.success ? filled : read;
}

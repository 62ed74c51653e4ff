import type { z } from "zod";
import { limits } from "../domain/limits.ts";
import { Problem } from "../domain/problems.ts";

const MOST = 256 * 1024;

/**
 * The JSON that a provider answers with. Problem `provider_down` when it does not answer in time or says that it cannot;
 * `login_refused` for a refusal, and for what is no JSON. Redirects are not followed: they are answers of somebody else.
 */
export async function askProvider(url: string, init: RequestInit): Promise<unknown> {
  const answer = await reach(url, init);
  const text = await read(answer);
  if (answer.status >= 500 || answer.status === 429) throw new Problem("provider_down", { wait: 30 });
  if (!answer.ok) throw new Problem("login_refused");
  try {
    return JSON.parse(text);
  } catch {
    throw new Problem("login_refused");
  }
}

/** What a provider said, by its schema. Problem `login_refused`. */
export function expected<S extends z.ZodType>(schema: S, said: unknown): z.output<S> {
  const { data, success } = schema.safeParse(said);
  if (!success) throw new Problem("login_refused");
  return data;
}

async function reach(url: string, init: RequestInit): Promise<Response> {
  const headers = { Accept: "application/json", "User-Agent": "jungle-buzz", ...init.headers };
  const signal = AbortSignal.timeout(limits.provider);
  try {
    return await fetch(url, { ...init, headers, redirect: "manual", signal });
  } catch (cause) {
    throw Object.assign(new Problem("provider_down", { wait: 30 }), { cause });
  }
}

/** The deadline of `reach` holds here too. */
async function read(answer: Response): Promise<string> {
  let text = "";
  try {
    for await (const part of answer.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      text += part;
      if (text.length > MOST) throw new Problem("login_refused");
    }
  } catch (cause) {
    throw cause instanceof Problem ? cause : Object.assign(new Problem("provider_down", { wait: 30 }), { cause });
  }
  return text;
}

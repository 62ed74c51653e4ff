import type OpenAI from "openai";
import { z } from "zod";
import type { LogLine } from "../domain/logger.ts";
import { Problem } from "../domain/problems.ts";
import { formatOf, readAnswer, shapeOf } from "./answer.ts";
import { boundedFetch, withinTime } from "./patience.ts";

/** What is asked. People's words belong into `user` alone, as quoted data; `name` is the task's, for the figures. */
export type Ask = { name: string; system: string; user: string; maxTokens?: number };
export type Usage = { requests: number; failures: number; inputTokens: number; outputTokens: number };
type Options = { signal?: AbortSignal };

/** Every method throws `Problem("companion_resting")` when there is no whole answer, or the signal's own reason. */
export type Model = {
  /** `null`: there is no key, so each task uses its twin that needs no model. */
  name: string | null;
  /** Tokens that one request may hold, its answer included. */
  window: number;
  /** Pieces of the answer as they come. What came before a throw is a torso and must not be shown as complete. */
  text(ask: Ask, options?: Options): AsyncGenerator<string>;
  /** An answer of the schema's shape; a wrong one is sent back once to be put right. */
  structured<T>(ask: Ask & { schema: z.ZodType<T> }, options?: Options): Promise<T>;
  /** A text read aloud: the bytes of an MP3. */
  speech(text: string, options?: Options): Promise<Uint8Array<ArrayBuffer>>;
  /** What makes `embed`'s numbers; `null` without a key. Numbers of different makers cannot be compared. */
  embedding: string | null;
  /** Where a text lies among all that can be said. */
  embed(ask: { name: string; text: string }, options?: Options): Promise<number[]>;
  /** Since the start, by task. */
  usage(): Record<string, Usage>;
};

/** Milliseconds until a server must begin to answer, and until the answer must be whole, retries included. */
const PATIENCE = { request: 30_000, total: 60_000 };
const MAX_TOKENS = 4_000;
const RETRIES = 2;
/** A server may forget to end after its last word; the figures of usage come at once or not at all. */
const LAST_WORD = 1_000;

/** The only one who talks to the model's server. Nothing is loaded or opened before the first question. */
export function openModel(parts: {
  key?: string;
  baseUrl: string;
  name: string;
  /** The model that reads aloud; without one nothing is. */
  voice?: string;
  embedding?: string;
  now: () => number;
  line: LogLine;
  window?: number;
  patience?: typeof PATIENCE;
}): Model {
  const { key, line, now, window = 32_000, patience = PATIENCE } = parts;
  const used = new Map<string, Usage>();
  /** What this server understands; it is found out once. */
  const speaks = { schema: true, maxTokens: true };
  let client: Promise<OpenAI> | undefined;

  const open = () =>
    client ??= import("openai").then(({ default: Client }) =>
      new Client({
        apiKey: key,
        baseURL: parts.baseUrl,
        organization: null,
        project: null,
        timeout: patience.request,
        maxRetries: RETRIES,
        fetch: boundedFetch,
        logLevel: "off",
      })
    );

  async function* text(ask: Ask, { signal }: Options = {}): AsyncGenerator<string> {
    const time = withinTime(patience.total, signal);
    try {
      yield* answer(ask, turnsOf(ask), time.signal);
    } catch (error) {
      throw signal?.aborted ? signal.reason : error;
    } finally {
      time.end();
    }
  }

  async function structured<T>(ask: Ask & { schema: z.ZodType<T> }, { signal }: Options = {}): Promise<T> {
    const time = withinTime(patience.total, signal);
    const turns = turnsOf(ask, ask.schema);
    try {
      for (let tries = 0; tries < 2; tries++) {
        const said = (await Array.fromAsync(answer(ask, turns, time.signal, ask.schema))).join("");
        const read = readAnswer(said, ask.schema);
        if ("value" in read) return read.value;
        line("warn", "model_wrong_shape", { task: ask.name, tries });
        turns.push({ role: "assistant", content: said }, { role: "user", content: read.complaint });
      }
      throw new Problem("companion_resting");
    } catch (error) {
      throw signal?.aborted ? signal.reason : error;
    } finally {
      time.end();
    }
  }

  async function speech(text: string, { signal }: Options = {}): Promise<Uint8Array<ArrayBuffer>> {
    const figures = figuresOf("speech"), started = now(), time = withinTime(patience.total, signal);
    figures.requests++;
    try {
      if (!key || !parts.voice) throw new Problem("companion_resting");
      const said = { model: parts.voice, voice: "alloy", input: text, response_format: "mp3" } as const;
      const answer = await (await open()).audio.speech.create(said, { signal: time.signal });
      if (!/^audio\//.test(answer.headers.get("Content-Type") ?? "")) throw new DOMException("No sound", "not_audio");
      return new Uint8Array(await answer.arrayBuffer());
    } catch (error) {
      figures.failures++;
      line("warn", "model_failed", { task: "speech", error: nameOf(error), ms: now() - started });
      throw signal?.aborted ? signal.reason : new Problem("companion_resting");
    } finally {
      time.end();
    }
  }

  async function* answer(ask: Ask, turns: Turn[], signal: AbortSignal, schema?: z.ZodType): AsyncGenerator<string> {
    const figures = figuresOf(ask.name), started = now();
    const hurry = withinTime(patience.total, signal);
    let finish: string | null = null;
    figures.requests++;
    try {
      if (!key) throw new Problem("companion_resting");
      for await (const chunk of await create(ask, turns, hurry.signal, schema)) {
        figures.inputTokens += chunk.usage?.prompt_tokens ?? 0;
        figures.outputTokens += chunk.usage?.completion_tokens ?? 0;
        const choice = chunk.choices?.[0];
        if (choice?.delta?.content && !finish) yield choice.delta.content;
        if (choice?.finish_reason) finish = choice.finish_reason, hurry.shorten(LAST_WORD);
      }
      if (finish !== "stop") throw new DOMException("Not a whole answer", finish ?? "unfinished");
    } catch (error) {
      if (finish === "stop") return; // The whole answer had come; only the line broke afterwards.
      figures.failures++;
      line("warn", "model_failed", { task: ask.name, error: nameOf(error), ms: now() - started });
      throw new Problem("companion_resting");
    } finally {
      hurry.end();
    }
  }

  /** Servers differ in two parameters; one that refuses the newer way is asked again in the older. */
  async function create(ask: Ask, messages: Turn[], signal: AbortSignal, schema?: z.ZodType) {
    const limit = ask.maxTokens ?? MAX_TOKENS;
    for (;;) {
      try {
        return await (await open()).chat.completions.create({
          model: parts.name,
          messages,
          stream: true,
          stream_options: { include_usage: true },
          ...(speaks.maxTokens ? { max_tokens: limit } : { max_completion_tokens: limit }),
          ...(schema && { response_format: formatOf(ask.name, schema, speaks.schema) }),
        }, { signal });
      } catch (error) {
        if (!isRefusal(error)) throw error;
        if (speaks.maxTokens && error.message.includes("max_completion_tokens")) speaks.maxTokens = false;
        else if (schema && speaks.schema) speaks.schema = false;
        else throw error;
      }
    }
  }

  async function embed({ name, text }: { name: string; text: string }, { signal }: Options = {}): Promise<number[]> {
    const figures = figuresOf(name), started = now(), time = withinTime(patience.total, signal);
    figures.requests++;
    try {
      if (!key || !parts.embedding) throw new Problem("companion_resting");
      const request = { model: parts.embedding, input: text, encoding_format: "float" } as const;
      const { data, usage } = await (await open()).embeddings.create(request, { signal: time.signal });
      figures.inputTokens += usage?.prompt_tokens ?? 0;
      return embedding.parse(data[0]?.embedding);
    } catch (error) {
      figures.failures++;
      line("warn", "model_failed", { task: name, error: nameOf(error), ms: now() - started });
      throw signal?.aborted ? signal.reason : new Problem("companion_resting");
    } finally {
      time.end();
    }
  }

  function figuresOf(task: string): Usage {
    const figures = used.get(task) ?? { requests: 0, failures: 0, inputTokens: 0, outputTokens: 0 };
    used.set(task, figures);
    return figures;
  }

  return {
    name: key ? parts.name : null,
    window,
    text,
    structured,
    speech,
    embedding: key && parts.embedding ? parts.embedding : null,
    embed,
    usage: () => Object.fromEntries(used),
  };
}

const embedding = z.array(z.number()).min(8).max(16_384);

type Turn = { role: "system" | "user" | "assistant"; content: string };

const turnsOf = (ask: Ask, schema?: z.ZodType): Turn[] => [
  { role: "system", content: schema ? `${ask.system}\n\n${shapeOf(schema)}` : ask.system },
  { role: "user", content: ask.user },
];

const isRefusal = (error: unknown): error is Error & { status: number } =>
  error instanceof Error && "status" in error && (error.status === 400 || error.status === 422);

/** Never the message: a server may quote people's words in it. */
function nameOf(error: unknown): string {
  const { name, status } = error as { name?: string; status?: number };
  return status ? `${name} ${status}` : name ?? "unknown";
}

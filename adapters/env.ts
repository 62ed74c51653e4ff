import { parseEnv } from "node:util";
import { z } from "zod";
import { password, username } from "../domain/person.ts";

const whole = (from: number, to: number) =>
  z.coerce.number({ error: `must be a whole number from ${from} to ${to}` }).int({
    error: `must be a whole number from ${from} to ${to}`,
  }).min(from, { error: `must be at least ${from}` }).max(to, { error: `must be at most ${to}` });
const web = z.url({ protocol: /^https?$/, error: "must be an http:// or https:// address" });
const origin = web.transform((url) => new URL(url)).refine((url) => url.pathname === "/" && !url.search && !url.hash, {
  error: "must be an origin without a path, such as https://example.org",
}).transform((url) => url.origin);
const isZone = (zone: string): boolean => {
  try {
    return !!new Intl.DateTimeFormat("en", { timeZone: zone });
  } catch {
    return false;
  }
};

/** Every name that the app reads from the environment; `.env.example` says what each is for. */
const schema = z.object({
  PORT: whole(0, 65_535).default(8000),
  HOST: z.string().default("0.0.0.0"),
  PUBLIC_URL: origin.optional(),
  KV_PATH: z.string().optional(),
  JWT_SECRET: z.string().min(16, { error: "must have at least 16 characters" }).optional(),
  OPENAI_API_KEY: z.string().optional(),
  OPENAI_BASE_URL: web.default("https://api.openai.com/v1"),
  OPENAI_MODEL: z.string().default("gpt-4o-mini"),
  OPENAI_VOICE_MODEL: z.string().default("gpt-4o-mini-tts"),
  OPENAI_EMBEDDING_MODEL: z.string().default("text-embedding-3-small"),
  OPENAI_DAILY_TOKENS: whole(0, 1e12).default(5_000_000),
  SMTP_URL: z.url({ protocol: /^smtps?$/, error: "must be an smtp:// or smtps:// address" }).optional(),
  MAIL_FROM: z.string().regex(/^([^<>"\p{Cc}]* )?<?[^\s<>@"]+@[\w.-]+>?$/u, {
    error: "must be an address, such as Jungle Buzz <hello@example.org>",
  }).optional(),
  KAKAO_CLIENT_ID: z.string().optional(),
  KAKAO_CLIENT_SECRET: z.string().optional(),
  KAKAO_ISSUER: web.optional(),
  GITHUB_CLIENT_ID: z.string().optional(),
  GITHUB_CLIENT_SECRET: z.string().optional(),
  GITHUB_ISSUER: web.optional(),
  ADMIN_USERNAME: username.optional(),
  ADMIN_PASSWORD: password.optional(),
  PRACTICE_DAILY_LIMIT: whole(0, 10_000).default(5),
  ROLEPLAY_DAILY_LIMIT: whole(0, 10_000).default(100),
  LETTER_TIME_ZONE: z.string().refine(isZone, { error: "must be a time zone such as Asia/Seoul" }).default(
    "Asia/Seoul",
  ),
  CORS_ORIGINS: z.string().transform((list) => list.split(",").map((one) => one.trim()).filter(Boolean))
    .pipe(z.array(origin)).default([]),
  TRUST_PROXY: whole(0, 10).default(0),
  RATE_LIMIT_SCALE: z.coerce.number({ error: "must be a number, 0 or more" }).min(0, {
    error: "must be a number, 0 or more",
  }).default(1),
  WEB_CONCURRENCY: whole(1, 64).default(1),
  LOG_LEVEL: z.enum(["debug", "info", "warn", "error"], { error: "must be debug, info, warn or error" })
    .default("info"),
  DENO_DEPLOYMENT_ID: z.string().optional(),
  JUNGLE_DEV: z.string().optional(),
});

/** What no single name can tell is wrong, as lines of the error. */
function contradictions(env: Partial<Record<string, string>>): string[] {
  const lines: string[] = [];
  if (Number(env.WEB_CONCURRENCY) > 1 && env.KV_PATH === ":memory:") {
    lines.push("WEB_CONCURRENCY: must be 1 when KV_PATH is :memory:, because each isolate would have its own memory");
  }
  for (const name of ["MAIL_FROM", "PUBLIC_URL"]) {
    if (env.SMTP_URL && !env[name]) lines.push(`${name}: must be set when SMTP_URL is`);
  }
  const [some, missing] = env.ADMIN_USERNAME ? ["USERNAME", "PASSWORD"] : ["PASSWORD", "USERNAME"];
  if (env[`ADMIN_${some}`] && !env[`ADMIN_${missing}`]) {
    lines.push(`ADMIN_${missing}: must be set when ADMIN_${some} is`);
  }
  return lines;
}

export const envNames = Object.keys(schema.shape) as (keyof typeof schema.shape)[];

type OAuth = { clientId: string; clientSecret?: string; issuer?: string };

/** The environment, typed. What is not set and has no default is absent. */
export type Settings = {
  port: number;
  host: string;
  /** The origin people see, when it is known. `https:` turns on secure cookies. */
  publicUrl?: string;
  /** A file, `:memory:`, the URL of a KV Connect server; undefined is the platform's own KV. */
  kvPath?: string;
  jwtSecret?: string;
  openai: { key?: string; baseUrl: string; model: string; voice: string; embedding?: string };
  /** What all people together may have a model read and write a day; 0 is no limit. */
  dailyTokens: number;
  /** Without one, mails are kept in the store. */
  smtp?: { url: string; from: string };
  kakao?: OAuth;
  github?: OAuth;
  admin?: { username: string; password: string };
  /** Requests a person has a day. */
  dailyLimits: { practice: number; roleplay: number };
  letterTimeZone: string;
  corsOrigins: string[];
  /** How many proxies stand before us: that many last entries of X-Forwarded-For are to be believed. */
  trustProxy: number;
  /** Multiplies every limit; 0 turns them off. */
  rateLimitScale: number;
  webConcurrency: number;
  logLevel: "debug" | "info" | "warn" | "error";
  /** Running on Deno Deploy. */
  deploy: boolean;
  /** Running under `deno task dev`. */
  dev: boolean;
};

/** Reads all settings; an empty string counts as unset. Throws one `Error` that lists everything wrong. */
export function readEnv(get: (name: string) => string | undefined): Settings {
  const given = Object.fromEntries(envNames.map((name) => [name, get(name)?.trim() || undefined]));
  const read = schema.safeParse(given);
  const wrong = read.error?.issues.map(({ path, message }) => `${path[0] as string}: ${sentences[message] ?? message}`);
  const lines = [...new Set(wrong), ...contradictions(given)];
  if (!read.success || lines.length) throw new Error(`The environment is not right:\n  ${lines.join("\n  ")}`);
  const env = read.data;
  return {
    port: env.PORT,
    host: env.HOST,
    publicUrl: env.PUBLIC_URL,
    kvPath: env.KV_PATH ?? (env.DENO_DEPLOYMENT_ID ? undefined : "data/jungle.db"),
    jwtSecret: env.JWT_SECRET,
    openai: {
      key: env.OPENAI_API_KEY,
      baseUrl: env.OPENAI_BASE_URL,
      model: env.OPENAI_MODEL,
      voice: env.OPENAI_VOICE_MODEL,
      embedding: env.OPENAI_EMBEDDING_MODEL,
    },
    dailyTokens: env.OPENAI_DAILY_TOKENS,
    smtp: env.SMTP_URL && env.MAIL_FROM ? { url: env.SMTP_URL, from: env.MAIL_FROM } : undefined,
    kakao: oauth(env.KAKAO_CLIENT_ID, env.KAKAO_CLIENT_SECRET, env.KAKAO_ISSUER),
    github: oauth(env.GITHUB_CLIENT_ID, env.GITHUB_CLIENT_SECRET, env.GITHUB_ISSUER),
    admin: env.ADMIN_USERNAME && env.ADMIN_PASSWORD
      ? { username: env.ADMIN_USERNAME, password: env.ADMIN_PASSWORD }
      : undefined,
    dailyLimits: { practice: env.PRACTICE_DAILY_LIMIT, roleplay: env.ROLEPLAY_DAILY_LIMIT },
    letterTimeZone: env.LETTER_TIME_ZONE,
    corsOrigins: env.CORS_ORIGINS,
    trustProxy: env.TRUST_PROXY,
    rateLimitScale: env.RATE_LIMIT_SCALE,
    webConcurrency: env.WEB_CONCURRENCY,
    logLevel: env.LOG_LEVEL,
    deploy: env.DENO_DEPLOYMENT_ID !== undefined,
    dev: env.JUNGLE_DEV !== undefined,
  };
}

/** What the `.env` beside the app says; empty without one. */
export function readDotEnv(): Record<string, string> {
  try {
    return parseEnv(Deno.readTextFileSync(new URL("../.env", import.meta.url))) as Record<string, string>;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return {};
    throw error;
  }
}

/** The rules of names and passwords speak in codes; the one who starts the app reads sentences. */
const sentences: Record<string, string> = {
  username: "must be 4 to 20 letters, digits or underscores",
  password_length: "must have at least 8 characters",
  password_long: "must have at most 72 bytes",
  password_characters: "must have a letter and a digit",
};

const oauth = (clientId?: string, clientSecret?: string, issuer?: string): OAuth | undefined =>
  clientId ? { clientId, clientSecret, issuer } : undefined;

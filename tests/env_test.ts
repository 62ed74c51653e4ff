import assert from "node:assert/strict";
import { envNames, readEnv } from "../adapters/env.ts";
import { argumentsFor } from "../adapters/serve.ts";

const read = (env: Record<string, string>) => readEnv((name) => env[name]);

Deno.test("without any environment the app starts, and an empty value counts as none", () => {
  const env = read({});
  assert.deepEqual([env.port, env.host, env.kvPath], [8000, "0.0.0.0", "data/jungle.db"]);
  assert.deepEqual(env.openai, {
    key: undefined,
    baseUrl: "https://api.openai.com/v1",
    model: "gpt-4o-mini",
    embedding: "text-embedding-3-small",
  });
  assert.deepEqual([env.letterTimeZone, env.practiceDailyLimit, env.rateLimitScale], ["Asia/Seoul", 5, 1]);
  assert.deepEqual(read(Object.fromEntries(envNames.map((name) => [name, " "]))), env);
  assert.equal(read({ DENO_DEPLOYMENT_ID: "x" }).kvPath, undefined, "the platform's own KV");
});

Deno.test("everything that is wrong is said at once, without the values", () => {
  const wrong: Record<string, string> = {
    PORT: "70000",
    PUBLIC_URL: "https://a.example/path",
    JWT_SECRET: "tooshort",
    LETTER_TIME_ZONE: "Mars/Base",
    CORS_ORIGINS: "https://fine.example, nonsense",
    RATE_LIMIT_SCALE: "-1",
    LOG_LEVEL: "loud",
    ADMIN_PASSWORD: "hunter2",
    WEB_CONCURRENCY: "2",
    KV_PATH: ":memory:",
  };
  assert.throws(() => read(wrong), ({ message }: Error) => {
    const names = message.split("\n").slice(1).map((row) => row.trim().split(":")[0]);
    const { KV_PATH: _, ...rest } = wrong;
    assert.deepEqual([...new Set(names)].sort(), [...Object.keys(rest), "ADMIN_USERNAME"].sort());
    return !/tooshort|hunter2/.test(message);
  });
});

Deno.test("the server gets the least permissions", () => {
  const plain = argumentsFor(read({}));
  assert.ok(plain.includes("--allow-read=static,adapters/password_worker.ts,data"));
  assert.ok(plain.includes("--allow-write=data"));
  assert.ok(plain.includes("--no-prompt"));
  assert.ok(!plain.some((one) => /^(-A|--allow-(all|net|run|sys|ffi)|--parallel)/.test(one)), plain.join(" "));

  const rich = argumentsFor(read({
    OPENAI_API_KEY: "k",
    OPENAI_BASE_URL: "http://model.example:8080/v1",
    KV_PATH: "https://kv.example/x",
    WEB_CONCURRENCY: "2",
  }));
  assert.ok(rich.includes("--allow-net=model.example:8080,kv.example:443"));
  assert.ok(rich.includes("--parallel"));
  assert.ok(rich.some((one) => one.startsWith("--allow-env=") && one.includes("DENO_KV_ACCESS_TOKEN")));
  assert.ok(!rich.some((one) => one.startsWith("--allow-write")));
  assert.ok(!argumentsFor(read({ KV_PATH: ":memory:" })).some((one) => one.startsWith("--allow-write")));
  const social = argumentsFor(
    read({ GITHUB_CLIENT_ID: "a", KAKAO_CLIENT_ID: "b", KAKAO_ISSUER: "http://localhost:9" }),
  );
  const net = social.find((one) => one.startsWith("--allow-net="))!.split(/[=,]/);
  for (const host of ["localhost:9", "github.com:443", "api.github.com:443"]) assert.ok(net.includes(host), host);
});

Deno.test(".env.example names everything that can be set", () => {
  const text = Deno.readTextFileSync(new URL("../.env.example", import.meta.url));
  const told = [...text.matchAll(/^([A-Z_]+)=/gm)].map(([, name]) => name);
  const ours = envNames.filter((name) => name !== "DENO_DEPLOYMENT_ID" && name !== "JUNGLE_DEV");
  assert.deepEqual(told.sort(), [...ours].sort());
  const example = Object.fromEntries([...text.matchAll(/^([A-Z_]+)=(.*)$/gm)].map(([, name, value]) => [name, value]));
  assert.deepEqual(read(example), read({}), "and its values are the defaults");
});

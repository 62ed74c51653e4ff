import assert from "node:assert/strict";
import { envNames, readEnv } from "../adapters/env.ts";
import { pushHosts } from "../domain/notification.ts";
import { argumentsFor } from "../adapters/serve.ts";

const read = (env: Record<string, string>) => readEnv((name) => env[name]);

Deno.test("without any environment the app starts, and an empty value counts as none", () => {
  const env = read({});
  assert.deepEqual([env.port, env.host, env.kvPath], [8000, "0.0.0.0", "data/jungle.db"]);
  assert.deepEqual(env.openai, {
    key: undefined,
    baseUrl: "https://api.openai.com/v1",
    model: "gpt-4o-mini",
    voice: "gpt-4o-mini-tts",
    embedding: "text-embedding-3-small",
  });
  assert.deepEqual([env.letterTimeZone, env.dailyLimits.practice, env.rateLimitScale], ["Asia/Seoul", 5, 1]);
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
  const pushes = pushHosts.map((host) => `${host}:443`).join(",");
  assert.ok(plain.includes(`--allow-net=${pushes}`));
  assert.ok(!plain.some((one) => /^(-A|--allow-(all|run|sys|ffi)|--parallel)/.test(one)), plain.join(" "));

  const rich = argumentsFor(read({
    OPENAI_API_KEY: "k",
    OPENAI_BASE_URL: "http://model.example:8080/v1",
    KV_PATH: "https://kv.example/x",
    WEB_CONCURRENCY: "2",
  }));
  assert.ok(rich.includes(`--allow-net=${pushes},model.example:8080,kv.example:443`));
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

Deno.test("a mail server needs a sender and a home for its links, and only its port is opened", () => {
  assert.throws(() => read({ SMTP_URL: "smtp://u:secret@mail.example" }), ({ message }: Error) => {
    assert.match(message, /MAIL_FROM: must be set[^]*PUBLIC_URL: must be set/);
    return !message.includes("secret");
  });
  const rest = { SMTP_URL: "smtps://u:p@mail.example", PUBLIC_URL: "https://jungle.example" };
  for (const MAIL_FROM of ["nobody", "a@b.example\r\nBcc: c@d.example", "x <a@b.example>, <c@d.example>", "<>"]) {
    assert.throws(() => read({ ...rest, MAIL_FROM }), /MAIL_FROM: must be an address/, MAIL_FROM);
  }
  for (const MAIL_FROM of ["a@b.example", "정글버즈 <a@b.example>"]) {
    const settings = read({ ...rest, MAIL_FROM });
    assert.deepEqual(settings.smtp, { url: rest.SMTP_URL, from: MAIL_FROM });
    const net = argumentsFor(settings).find((argument) => argument.startsWith("--allow-net="))!;
    assert.deepEqual(net.split("=")[1].split(","), [...pushHosts.map((host) => `${host}:443`), "mail.example:465"]);
  }
});

Deno.test(".env.example names everything that can be set", () => {
  const text = Deno.readTextFileSync(new URL("../.env.example", import.meta.url));
  const told = [...text.matchAll(/^([A-Z_]+)=/gm)].map(([, name]) => name);
  const ours = envNames.filter((name) => name !== "DENO_DEPLOYMENT_ID" && name !== "JUNGLE_DEV");
  assert.deepEqual(told.sort(), [...ours].sort());
  const example = Object.fromEntries([...text.matchAll(/^([A-Z_]+)=(.*)$/gm)].map(([, name, value]) => [name, value]));
  assert.deepEqual(read(example), read({}), "and its values are the defaults");
});

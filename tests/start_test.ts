import assert from "node:assert/strict";
import { freePort, kvFile, until } from "./processes.ts";

const { tasks } = JSON.parse(Deno.readTextFileSync(new URL("../deno.json", import.meta.url)));
/** The very command of `deno task start`, without the build. */
const command: string[] = tasks.start.command.split(" ").slice(1);

for (const workers of ["1", "2"]) {
  Deno.test(`start, ${workers} at once: works with its few permissions, comes back when killed, stops when told`, async () => {
    await using file = await kvFile();
    const port = freePort(), url = `http://127.0.0.1:${port}`;
    const env = {
      PORT: String(port),
      HOST: "127.0.0.1",
      KV_PATH: file.path,
      WEB_CONCURRENCY: workers,
      LOG_LEVEL: "warn",
    };
    const start = new Deno.Command(Deno.execPath(), { args: command, env, stdout: "piped", stderr: "piped" }).spawn();
    const said = Promise.all([new Response(start.stdout).text(), new Response(start.stderr).text()]);
    const answers = () => fetch(`${url}/healthz`).then(({ body, ok }) => body!.cancel().then(() => ok), () => false);
    const post = (path: string, body: unknown, token = "") => {
      const headers = { "Content-Type": "application/json", ...(token && { Authorization: `Bearer ${token}` }) };
      return fetch(url + path, { method: "POST", headers, body: JSON.stringify(body) }).then((answer) => answer.json());
    };
    try {
      await until("it listens", answers, 20_000);
      const person = { username: "starter_1", password: "sunnyday1", nickname: "처음" };
      const { accessToken } = await post("/api/register", person);
      assert.equal((await post("/api/send-chat", { text: "남아 있을 글" }, accessToken)).seq, 1);
      for (const path of ["/", "/letters", "/login", "/api/docs", "/static/dev.js"]) {
        const answer = await fetch(url + path);
        await answer.body?.cancel();
        assert.equal(answer.status, 200, path);
      }
      await until(
        "the letter is written",
        () => fetch(`${url}/api/letters/latest`).then((one) => one.text().then(() => one.ok)),
      );

      const [server] = childrenOf(start.pid);
      Deno.kill(server, "SIGKILL");
      await until(
        "another has taken its place",
        async () => !childrenOf(start.pid).includes(server) && await answers(),
        20_000,
      );
      const { items } = await (await fetch(`${url}/api/recent-chats`)).json();
      assert.deepEqual(items.map(({ text }: { text: string }) => text), ["남아 있을 글"]);
    } finally {
      start.kill("SIGTERM");
    }
    const [{ code }, [out, errors]] = await Promise.all([start.status, said]);
    assert.equal(code, 0, errors);
    assert.match(out, new RegExp(`Jungle Buzz is at http://localhost:${port}\n`));
    assert.doesNotMatch(out + errors, /NotCapable|"level":"(warn|error)"/);
    assert.match(errors, /^The server died with code 137. It starts again in 0.5 s.$/m);
  });
}

Deno.test("start says all that is wrong with the environment, and does not begin", async () => {
  const env = { PORT: "x", LOG_LEVEL: "loud" };
  const { code, stderr } = await new Deno.Command(Deno.execPath(), { args: command, env }).output();
  const text = new TextDecoder().decode(stderr);
  assert.equal(code, 2);
  for (const name of Object.keys(env)) assert.match(text, new RegExp(name));
});

/** Processes whose parent is `pid`, from `/proc`. */
function childrenOf(pid: number): number[] {
  return [...Deno.readDirSync("/proc")].map(({ name }) => Number(name)).filter((child) => {
    if (!child) return false;
    try {
      return Number(Deno.readTextFileSync(`/proc/${child}/stat`).split(") ")[1].split(" ")[1]) === pid;
    } catch {
      return false; // it has ended since
    }
  });
}

import assert from "node:assert/strict";
import { kvFile, startApp, until } from "./processes.ts";
import { linkIn } from "./mail_rig.ts";
import { startMailServer } from "./mail_server.ts";

Deno.test("the app with its few permissions sends by SMTP, by name and port, and stops in time with mail waiting", async () => {
  await using file = await kvFile();
  let hang = false, hung = 0;
  const server = await startMailServer(() => hang ? (hung++, "hang") : "take");
  try {
    await using app = await startApp({
      kvPath: file.path,
      env: {
        SMTP_URL: `smtp://localhost:${server.port}`,
        MAIL_FROM: "정글버즈 <hello@jungle.test>",
        PUBLIC_URL: "http://jungle.test",
      },
    });
    const signUp = (username: string) =>
      fetch(`${app.url}/api/register`, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ username, nickname: "망고", password: "sunnyday1", email: `${username}@mail.test` }),
      }).then((answer) => answer.json());
    const { accessToken } = await signUp("mango_1");
    await until("the mail has come", () => server.arrived.length > 0, 15_000);
    const [{ to, headers, text }] = server.arrived;
    assert.equal(to, "mango_1@mail.test");
    assert.equal(headers.get("from"), "정글버즈 <hello@jungle.test>");
    const token = new URLSearchParams(linkIn({ text }, "/verify").split("?")[1]).get("token");
    const done = await fetch(`${app.url}/api/email/verify`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ token }),
    });
    assert.equal(done.status, 204);
    const me = await fetch(`${app.url}/api/profile`, { headers: { Authorization: `Bearer ${accessToken}` } });
    assert.equal((await me.json()).emailVerified, true);

    hang = true;
    await signUp("mango_2");
    await until("the server is asked", () => hung > 0, 15_000);
    const { code, took } = await app.kill("SIGTERM");
    assert.equal(code, 0, app.lines.join("\n"));
    assert.ok(took < 4_000, `${took} ms`);
    assert.doesNotMatch(app.lines.join("\n"), /mail\.test|NotCapable/);
  } finally {
    await server.stop();
  }
});

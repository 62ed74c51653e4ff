import assert from "node:assert/strict";
import type { Message } from "../domain/message.ts";
import type { Scene } from "../domain/scene.ts";
import { shareLink } from "../domain/share_link.ts";
import { draft, makeRoom, openAiRig, speak } from "./ai_rig.ts";
import { say } from "./model_server.ts";
import { openRig } from "./rig.ts";
import { until } from "./until.ts";

const wrong = { said: "I goed there.", better: "I went there.", why: "past of go", kind: "grammar" };

Deno.test("a talk is taken along as JSON and as Markdown: the branch that is shown, with what was put right", async () => {
  await using house = await openAiRig({ correct: () => say(JSON.stringify({ corrections: [wrong] })) });
  const { rig } = house, { token } = await rig.person("learner_1", "*구름*");
  const room = `/api/practices/${await makeRoom(rig, token, "practices", { language: "en", topic: "Trips" })}`;
  const first = await speak(rig, token, room, "I goed there.\n# <b>not a title</b>\n1. nor a list");
  const again = await rig.post(`${room}/messages/${first.answer.seq}/regenerate`, {}, {
    token,
    headers: { Accept: "application/json" },
  });
  assert.equal(again.status, 200);
  const taken = async () => (await rig.get(`${room}/transcript`, { token })).json;
  const messages = async () => (await taken()).messages as Message[];
  await until(async () => (await messages())[0].corrections !== undefined);
  assert.deepEqual(
    (await messages()).map(({ kind }) => kind),
    ["user", "companion"],
    "one version, nothing of the house",
  );
  assert.equal((await messages())[1].seq, (again.json.answer as Message).seq);
  assert.equal(((await taken()).about as { topic: string }).topic, "Trips");

  const { text, headers } = await rig.get(`${room}/transcript?format=md`, {
    token,
    headers: { "Accept-Language": "en" },
  });
  assert.equal(headers.get("Content-Type"), "text/markdown; charset=utf-8");
  assert.equal(headers.get("Content-Disposition"), 'attachment; filename="jungle-buzz-practice.md"');
  const lines = text.split("\n");
  assert.equal(lines[0], "# Trips");
  assert.ok(lines.some((line) => line.startsWith("**\\*구름\\*** · ")), text);
  for (const line of ["> I goed there.", "> \\# \\<b\\>not a title\\</b\\>", "> 1\\. nor a list"]) {
    assert.ok(lines.includes(line), `${line} in ${text}`);
  }
  assert.ok(lines.includes("- I goed there. → **I went there.** (past of go)"), text);
  assert.equal((await rig.get(`${room}/transcript?format=exe`, { token })).status, 422);
});

Deno.test("nothing is taken out of a talk off the record, and the page offers nothing", async () => {
  await using rig = await openRig();
  const { token } = await rig.person("learner_1");
  const id = await makeRoom(rig, token, "roleplays", { ...draft, offRecord: true });
  const { status, json } = await rig.get(`/api/roleplays/${id}/transcript`, { token });
  assert.deepEqual([status, json.code], [403, "forbidden"]);
  assert.ok(!(await rig.get(`/roleplay/${id}`, { token })).text.includes("/transcript"));
});

Deno.test("a link to a scene opens its form filled in for somebody else, without tags or a word of the talk", async () => {
  await using rig = await openRig();
  const [owner, other] = [await rig.person("owner_1"), await rig.person("friend_1")];
  const own = { ...draft, title: 'Late & "lost"', level: "hard", tags: ["mine"] };
  const id = await makeRoom(rig, owner.token, "roleplays", own), room = `/api/roleplays/${id}`;
  await speak(rig, owner.token, room, "my own words");
  const link = shareLink((await rig.get(room, { token: owner.token })).json as unknown as Scene);
  const page = (await rig.get(`/roleplay/${id}`, { token: owner.token })).text;
  assert.ok(page.includes(`value="${rig.base}${link.replaceAll("&", "&amp;")}"`), "the owner's page shows it");

  const { text } = await rig.get(link, { token: other.token });
  for (
    const said of [draft.situation, ...draft.goals, 'value="guest"', 'value="clerk"', "Late &amp; &quot;lost&quot;"]
  ) {
    assert.ok(text.includes(said), said);
  }
  assert.match(text, /<input[^>]*value="hard"[^>]*checked/);
  for (const kept of ["mine", "my own words", id]) assert.ok(!link.includes(kept) && !text.includes(`"${kept}"`), kept);
  const nonsense = `/roleplay/new?in=xx&level=9&situation=${"x".repeat(700)}&goal=a&goal=b&goal=c&goal=d`;
  const blank = await rig.get(nonsense, { token: other.token });
  assert.equal(blank.status, 200);
  assert.match(blank.text, /<textarea[^>]*name="situation"[^>]*><\/textarea>/, "what does not fit is not there");
});

Deno.test("a scene of the gallery is shared by its name, for each reader in their language", () => {
  const scene = { ...draft, title: "t", level: "easy", scenario: "repair" } as unknown as Scene;
  assert.equal(shareLink(scene), "/roleplay/new?in=en&scenario=repair");
});

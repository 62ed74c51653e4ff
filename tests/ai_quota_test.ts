import assert from "node:assert/strict";
import type { Quota } from "../domain/quota.ts";
import { branch, json, makeRoom, openAiRig, speak } from "./ai_rig.ts";
import { faults, say } from "./model_server.ts";
import { until } from "./until.ts";

Deno.test("100 at once with 5 left, over two isolates: 5 are answered, 95 hear when to come back; one that failed is given back", async () => {
  const fails = { left: 1 }, go = Promise.withResolvers<void>();
  const converse = async () => {
    await go.promise;
    return fails.left-- > 0 ? faults["no finish_reason"]() : say("Yes.");
  };
  await using house = await openAiRig({ converse }, { isolates: 2 });
  const [one] = house.rigs;
  const { token } = await one.person("learner_1");
  const rooms = await Promise.all(Array.from({ length: 5 }, () => makeRoom(one, token, "practices", {})));
  let refusals = 0;
  const asked = await Promise.all(Array.from({ length: 100 }, async (_, n) => {
    const reply = await speak(house.rigs[n % 2], token, `/api/practices/${rooms[n % 5]}`, `Hello ${n}`);
    if (reply.status === 429 && ++refusals === 95) go.resolve(); // before anything could be given back
    return reply;
  }));
  const answered = asked.filter(({ status }) => status === 200), refused = asked.filter(({ status }) => status === 429);
  assert.deepEqual([answered.length, refused.length], [5, 95]);
  const midnight = Date.UTC(2026, 10, 20, 15, 0);
  for (const { json, headers } of refused) {
    assert.equal(json.code, "used_up");
    assert.equal(json.wait, (midnight - house.clock.at) / 1000);
    assert.deepEqual(json.quota, { left: 0, of: 5, resetsAt: midnight, zone: "Asia/Seoul" });
    assert.equal(headers.get("Retry-After"), String(json.wait));
    assert.equal(headers.get("RateLimit-Limit"), "5");
    assert.ok(Number(headers.get("RateLimit-Reset")) === json.wait);
  }
  assert.equal(house.asked("converse").length, 5);
  assert.equal(answered.filter(({ answer }) => answer.state === "interrupted").length, 1);
  const said = (await Promise.all(rooms.map((room) => branch(one, token, `/api/practices/${room}`)))).flat();
  assert.equal(said.filter(({ kind }) => kind === "user").length, 5, "what was refused was not written");
  const left = (await one.get("/api/practices", { token })).json.quota as Quota;
  assert.equal(left.left, 1, "exactly the failed one is back");
  const last = await speak(house.rigs[1], token, `/api/practices/${rooms[0]}`, "Once more");
  assert.deepEqual([last.status, last.answer.text, last.quota.left], [200, "Yes.", 0]);
  assert.equal((await speak(one, token, `/api/practices/${rooms[0]}`, "And again")).status, 429);
});

Deno.test("the day is the person's own; another zone begins no second day, and what is free costs nothing", async () => {
  await using house = await openAiRig();
  const { rig, clock } = house;
  const { token } = await rig.person("learner_1");
  assert.equal((await rig.ask("PATCH", "/api/profile", { token, body: { zone: "Nowhere/Here" } })).status, 422);
  assert.equal(
    (await rig.ask("PATCH", "/api/profile", { token, body: { zone: "America/New_York" } })).json.zone,
    "America/New_York",
  );
  const room = `/api/practices/${await makeRoom(rig, token, "practices", {})}`;
  const first = await speak(rig, token, room, "Good evening");
  const midnight = Date.UTC(2026, 10, 20, 5, 0); // 22:00 in New York: two hours are left
  assert.deepEqual(first.quota, { left: 4, of: 5, resetsAt: midnight, zone: "America/New_York" });
  assert.equal(first.headers.get("RateLimit-Reset"), String(2 * 3600));
  await rig.ask("PATCH", "/api/profile", { token, body: { zone: "Pacific/Kiritimati" } });
  assert.equal((await speak(rig, token, room, "It is tomorrow here")).quota.left, 3);
  for (const [method, path] of [["GET", ""], ["GET", "/messages"], ["GET", "/memory"], ["POST", "/hints"]]) {
    const free = await rig.ask(method, room + path, { token, body: method === "POST" ? { size: "word" } : undefined });
    assert.equal(free.status, 200, free.text);
    assert.equal(free.headers.get("RateLimit-Remaining"), "3");
  }
  const id = crypto.randomUUID();
  const twice = await Promise.all([speak(rig, token, room, "Once", id), speak(rig, token, room, "Once", id)]);
  assert.deepEqual(twice.map(({ status }) => status), [200, 200]);
  await until(async () => ((await rig.get(room, { token })).json.quota as Quota).left === 2);
  assert.equal(twice[0].answer.seq, twice[1].answer.seq);
  clock.at = midnight + 1;
  const { token: next } = await rig.enter("learner_1");
  const fresh = (await rig.get(room, { token: next })).json.quota as Quota;
  assert.deepEqual([fresh.left, fresh.zone], [5, "Pacific/Kiritimati"]);
  assert.ok(fresh.resetsAt > clock.at);
});

Deno.test("role-plays count apart; a limit of nothing refuses all", async () => {
  await using house = await openAiRig({}, { practice: 0 });
  const { rig } = house, { token } = await rig.person("learner_1");
  const scene = await makeRoom(rig, token, "roleplays"), talk = await makeRoom(rig, token, "practices", {});
  assert.equal((await speak(rig, token, `/api/roleplays/${scene}`, "Hello")).quota.left, 999);
  assert.equal((await speak(rig, token, `/api/practices/${talk}`, "Hello")).json.code, "used_up");
  const interview = await rig.post("/api/practices", { mode: "interview" }, json(token));
  assert.equal(interview.json.code, "used_up");
  assert.equal(((await rig.get("/api/practices", { token })).json.items as unknown[]).length, 1, "nothing was made");
});

import assert from "node:assert/strict";
import { openRig } from "./rig.ts";
import { until } from "./until.ts";

type Room = { id: string; quota: { left: number; of: number }; language: string };
const person = { username: "old_friend", password: "sunnyday1", nickname: "옛 친구" };

for (const slash of ["", "/"]) {
  Deno.test(`D: sign up, log in, play, change and delete at the old addresses${slash && ", with a slash"}`, async () => {
    await using rig = await openRig();
    const at = (path: string) => path + slash;
    assert.equal((await rig.post(at("/account/signup"), person)).status, 201);
    const entered = await rig.post(at("/account/auth"), person);
    const cookie = entered.headers.getSetCookie().map((one) => one.split(";")[0]).join("; ");
    const asMe = { headers: { cookie, origin: rig.base } };
    assert.equal((await rig.get(at("/account/auth"), asMe)).json.username, "old_friend");

    const draft = { language: "en", situation: "At a hotel desk", my_role: "guest", gpt_role: "clerk" };
    const made = await rig.post(at("/chat/create"), draft, asMe);
    assert.equal(made.status, 201, made.text);
    const { id } = made.json as unknown as Room;
    const said = await rig.post(at(`/chat/${id}/activate`), { message: "Hello, I have a booking." }, asMe);
    assert.equal(said.status, 200, said.text);
    assert.equal((said.json.message as { text: string }).text, "Hello, I have a booking.");
    assert.ok((said.json.answer as { text: string }).text);
    const changed = await rig.post(at(`/chat/${id}/update`), { situation: "At a hostel" }, asMe);
    assert.equal(changed.json.situation, "At a hostel");
    assert.equal((await rig.get(at(`/chat/${id}`), asMe)).json.situation, "At a hostel");
    const list = (await rig.get(at("/chat"), asMe)).json.items as { id: string; last: { text: string } }[];
    assert.deepEqual(list.map((one) => one.id), [id]);
    assert.equal(list[0].last.text, (said.json.answer as { text: string }).text);
    assert.equal((await rig.ask("DELETE", at(`/chat/${id}/delete`), asMe)).status, 204);
    assert.equal((await rig.get(at(`/chat/${id}`), asMe)).status, 404);
    assert.equal((await rig.ask("DELETE", at("/account/auth"), asMe)).status, 204);
  });

  Deno.test(`E: join, tokens by their old names, and practice at the old addresses${slash && ", with a slash"}`, async () => {
    await using rig = await openRig();
    const at = (path: string) => path + slash;
    assert.equal((await rig.post(at("/accounts/join"), person)).status, 201);
    const { json: tokens } = await rig.post(at("/accounts/token"), person);
    assert.deepEqual([tokens.access, tokens.refresh], [tokens.accessToken, tokens.refreshToken]);
    const fresh = await rig.post(at("/accounts/token/refresh"), { refresh: tokens.refresh });
    assert.equal(fresh.status, 200, fresh.text);
    const token = String(fresh.json.access);
    assert.equal((await rig.get(at("/accounts/mypage"), { token })).json.username, "old_friend");

    const made = await rig.post(at("/chatbot/chats"), { topic: "films" }, { token });
    assert.equal(made.status, 201, made.text);
    const { id, language } = made.json as unknown as Room;
    assert.equal(language, "en");
    const said = await rig.ask("PUT", at(`/chatbot/chats/${id}`), { body: { message: "I saw a film." }, token });
    assert.equal(said.status, 200, said.text);
    assert.equal(said.headers.get("RateLimit-Remaining"), "4");
    assert.equal((said.json.quota as Room["quota"]).left, 4);
    const kept = (await rig.get(at("/chatbot/chats"), { token })).json.items as Room[];
    assert.deepEqual(kept.map((one) => one.id), [id]);
    assert.equal((await rig.get(at(`/chatbot/chats/${id}`), { token })).status, 200);
    assert.equal((await rig.ask("DELETE", at(`/chatbot/chats/${id}`), { token })).status, 204);
    assert.equal((await rig.get(at(`/chatbot/chats/${id}`), { token })).status, 404);
    await until(async () => (await rig.parts.store.list(["message", id] as Deno.KvKey)).length === 0);
  });
}

Deno.test("E: the old addresses of tokens refuse as today's do", async () => {
  await using rig = await openRig();
  await rig.post("/accounts/join/", person);
  const wrong = await rig.post("/accounts/token/", { ...person, password: "wrong-1234" });
  assert.deepEqual([wrong.status, wrong.json.code, wrong.json.access], [401, "bad_credentials", undefined]);
  assert.equal(
    (await rig.post("/accounts/token/refresh/", "[1", { headers: { "Content-Type": "application/json" } })).status,
    400,
  );
  assert.equal((await rig.get("/chatbot/chats/")).status, 401);
});

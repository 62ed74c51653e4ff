import assert from "node:assert/strict";
import { draft, makeRoom, speak } from "./ai_rig.ts";
import { nobodyFinds, noFrameReaches, nothingNames } from "./closed_rooms.ts";
import { type Caller, openRig } from "./rig.ts";

Deno.test("someone else's AI room is not there: on every address that takes an id, for people, moderators, administrators and guests", async () => {
  await using rig = await openRig();
  const owner = await rig.person("owner_1");
  const rooms = {
    roleplay: await makeRoom(rig, owner.token, "roleplays"),
    practice: await makeRoom(rig, owner.token, "practices", { mode: "interview" }),
  };
  await speak(rig, owner.token, `/api/roleplays/${rooms.roleplay}`, "a secret of mine");
  const others: (Caller | null)[] = [
    await rig.person("stranger_1"),
    await rig.person("keeper_1", "keeper", "moderator"),
    await rig.person("admin_1", "admin", "admin"),
    null,
  ];
  await nobodyFinds(rig, { rooms: Object.values(rooms), others, secret: "a secret of mine" });
  const log = await rig.parts.log.page(rooms.roleplay, {}, 50);
  assert.deepEqual(log.map(({ seq }) => seq), [1, 2, 3], "and nothing happened to it");
});

Deno.test("nor is it there on the socket, in lists, in search, or under the other kind's address", async () => {
  await using rig = await openRig();
  const [owner, stranger] = [await rig.person("owner_1"), await rig.person("admin_1", "admin", "admin")];
  const room = await makeRoom(rig, owner.token, "roleplays", draft);
  await speak(rig, owner.token, `/api/roleplays/${room}`, "unusual words");
  const closed = { rooms: [room], others: [stranger], secret: "unusual words" };
  await noFrameReaches(rig, closed);
  await nothingNames(rig, closed);
  const { token } = owner;
  assert.equal((await rig.get(`/api/practices/${room}`, { token })).status, 404, "a role-play is no practice");
  assert.equal((await rig.get(`/api/roleplays/${room}`, { token })).status, 200);
});

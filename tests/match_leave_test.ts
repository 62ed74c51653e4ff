import assert from "node:assert/strict";
import { families } from "../kv/families.ts";
import { keys } from "../kv/keys.ts";
import { buzz, joins, like, match, suggested, verify, writes } from "./match_rig.ts";
import { jpeg } from "./pictures.ts";
import { openRig } from "./rig.ts";

Deno.test("who leaves is in no record of matching, and the other's place is free", async () => {
  await using rig = await openRig();
  const { store } = rig.parts;
  const other = await joins(rig, "other_1"), third = await joins(rig, "third_2");
  const me = await rig.person("leaver_3", "떠나는이");
  await verify(rig, me);
  await buzz(rig, me, "빗소리 라디오");
  await writes(rig, me, { reads: { plaza: true, live: false } });
  for (const path of ["/api/matching/photo"]) {
    const headers = { authorization: `Bearer ${me.token}` };
    const answer = await fetch(rig.base + path, { method: "PUT", body: jpeg(), headers });
    assert.equal(answer.status, 200, await answer.text());
  }
  const room = await match(rig, me, other);
  await rig.post(`/api/rooms/${room}/messages`, { text: "떠나기 전의 말" }, { token: me.token });
  await like(rig, me, third);
  await rig.post("/api/matching/untrue", { signal: "term:빗소리" }, { token: me.token });
  assert.equal((await suggested(rig, third)).items.length, 2);

  const takes = families.filter(([name]) =>
    name in { match: 0, like: 0, match_profile: 0, untrue: 0, photo: 0, room: 0 }
  );
  for (const [name, { takes: take }] of takes) {
    assert.ok((await take!(store, me.id, undefined)).items.length, `${name} is taken along`);
  }
  const leaver = { id: me.id, messages: "remove", lang: "ko", left: 1, names: ["떠나는이", "leaver_3"] } as const;
  for (const [, family] of families) await family.erases?.(store, { ...leaver, names: [...leaver.names] });
  const rows = await store.list([] as Deno.KvKey);
  const said = rows.filter(({ key, value }) =>
    Deno.inspect([key, value], { depth: 20, strAbbreviateSize: 1e6 }).includes(me.id)
  );
  assert.deepEqual(said.map(({ key }) => key[0]).filter((name) => !["leaving", "window"].includes(String(name))), []);
  assert.deepEqual(await store.list(["photo_chunk"] as Deno.KvKey), []);
  assert.deepEqual((await store.get(keys.openMatches(other.id))).value, []);
  assert.equal((await rig.get(`/api/matches`, { token: other.token })).text, '{"items":[]}');
});

import assert from "node:assert/strict";
import { strip } from "../domain/photo/photo.ts";
import { MOST_BYTES } from "../kv/photos.ts";
import { jpeg, png, SECRET, webp } from "./pictures.ts";
import { joins, match, verify, writes } from "./match_rig.ts";
import { openRig } from "./rig.ts";

const latin = (bytes: Uint8Array) => new TextDecoder("latin1").decode(bytes);

for (const [type, make] of Object.entries({ "image/jpeg": jpeg, "image/png": png, "image/webp": webp })) {
  Deno.test(`a ${type} keeps its picture and nothing that was written beside it`, () => {
    const bare = strip(make({ plain: true }))!, full = make();
    assert.ok(latin(full).includes(SECRET), "the photo carries a place");
    const stripped = strip(full)!;
    assert.deepEqual([stripped.type, stripped.width, stripped.height], [type, 3, 2]);
    for (const mark of [SECRET, "Exif", "XMP", "ICC", "GPS", "comment"]) {
      assert.ok(!latin(stripped.bytes).includes(mark), mark);
    }
    assert.deepEqual(stripped.bytes, bare.bytes);
    assert.deepEqual(strip(stripped.bytes)!.bytes, stripped.bytes, "once more changes nothing");
  });

  Deno.test(`a ${type} that is cut anywhere is no photo, and nothing throws`, () => {
    const whole = make();
    for (let length = 0; length < whole.length - SECRET.length - 2; length++) {
      const found = strip(whole.slice(0, length));
      assert.ok(found === null || found.bytes.length <= length);
    }
    for (let i = 0; i < whole.length; i++) {
      const wrong = whole.slice();
      wrong[i] ^= 0xff;
      strip(wrong);
    }
  });
}

Deno.test("what a file is, its bytes say", () => {
  for (const text of ["", "GIF89a", "<svg onload='alert(1)'>", "<html>", "%PDF-1.4"]) {
    assert.equal(strip(new TextEncoder().encode(text)), null, text);
  }
  assert.equal(strip(png({ width: 5000 })), null, "a bomb for whoever looks");
});

Deno.test("a photo is served from here, as what it is, and only to who may see it", async () => {
  await using rig = await openRig();
  const [ha, dul] = [await joins(rig, "hana_1"), await joins(rig, "duri_2")];
  const stranger = await rig.person("stranger_3");
  const put = async (body: BodyInit, token?: string) => {
    const headers: HeadersInit = token ? { authorization: `Bearer ${token}` } : {};
    const answer = await fetch(`${rig.base}/api/matching/photo`, { method: "PUT", body, headers });
    return { status: answer.status, ...await answer.json() };
  };
  const { status, photo } = await put(jpeg(), ha.token);
  assert.equal(status, 200);
  const look = async (token?: string) => {
    const found = await rig.get(`/photos/${photo}`, { token });
    return found.status;
  };
  const mine = await fetch(`${rig.base}/photos/${photo}`, { headers: { authorization: `Bearer ${ha.token}` } });
  assert.deepEqual(new Uint8Array(await mine.arrayBuffer()), strip(jpeg())!.bytes);
  assert.equal(mine.headers.get("content-type"), "image/jpeg");
  assert.equal(mine.headers.get("x-content-type-options"), "nosniff");
  assert.deepEqual([await look(dul.token), await look(stranger.token), await look()], [200, 404, 401]);
  await writes(rig, ha, { intentions: ["date"] });
  assert.equal(await look(dul.token), 404, "they would not be shown to each other");
  await writes(rig, ha, { visibility: "hidden" });
  assert.equal(await look(dul.token), 404);
  await writes(rig, ha, {});
  await match(rig, ha, dul);
  await writes(rig, ha, { visibility: "paused" });
  assert.equal(await look(dul.token), 200, "who talks with somebody sees them");

  assert.deepEqual(await Promise.all([put("GIF89a", ha.token), put(jpeg())].map(async (one) => (await one).status)), [
    415,
    401,
  ]);
  const large = png({ data: MOST_BYTES });
  assert.equal((await put(large.slice().buffer, ha.token)).status, 413);
  assert.equal(await look(ha.token), 200, "what was refused changes nothing");
  assert.equal((await rig.ask("DELETE", "/api/matching/photo", { token: ha.token })).status, 204);
  assert.equal(await look(ha.token), 404);
  assert.equal((await put(jpeg(), stranger.token)).status, 409, "no profile yet");
  await verify(rig, stranger);
});

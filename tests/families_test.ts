import assert from "node:assert/strict";
import { families } from "../kv/families.ts";
import { ko } from "../domain/words/ko.ts";
import { keys } from "../kv/keys.ts";

Deno.test("every family of keys says what of it is taken along and how somebody vanishes from it", () => {
  const any = "x" as never;
  const named = Object.values(keys).map((make) =>
    String((make as (...parts: never[]) => Deno.KvKey)(any, any, any, any, any)[0])
  );
  assert.deepEqual(families.map(([name]) => name).sort(), [...new Set(named)].sort());
});

Deno.test("each family that is taken along has a heading in the file to read", () => {
  const taken = families.filter(([, { takes }]) => takes).map(([name]) => name);
  assert.deepEqual(Object.keys(ko.privacy.file.families).sort(), taken.sort());
});

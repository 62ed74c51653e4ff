import assert from "node:assert/strict";
import { families } from "../kv/families.ts";
import { ko } from "../domain/words/ko.ts";
import { card, cardSettings } from "../domain/card.ts";
import { consent, sent } from "../domain/consent.ts";
import { auditEntry, sanction } from "../domain/keeping.ts";
import { letterWish } from "../domain/letter_mail.ts";
import { notificationPreferences } from "../domain/notification.ts";
import { levelCheck } from "../domain/level_check.ts";
import { ownLetterWish } from "../domain/own_letter.ts";
import { practice, report } from "../domain/practice.ts";
import { profileForm } from "../domain/profile.ts";
import { recollection } from "../domain/recollection.ts";
import { scene } from "../domain/scene.ts";
import { roomSettings } from "../domain/room.ts";
import { message } from "../routes/message_schema.ts";
import { z } from "zod";
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

Deno.test("each field that is taken along has a word in the file to read", () => {
  const taken = { card, cardSettings, consent, sent, auditEntry, sanction, letterWish, notificationPreferences };
  const more = { ownLetterWish, levelCheck, practice, report, profileForm, recollection, scene, roomSettings, message };
  const nameless = ["clientId", "mentions", "about"]; // left out of what is taken along
  const words = Object.keys(ko.privacy.file.fields);
  for (const [name, schema] of Object.entries({ ...taken, ...more })) {
    const fields = fieldsOf(z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }));
    assert.ok(fields.length > 0, name);
    assert.deepEqual(fields.filter((field) => !words.includes(field) && !nameless.includes(field)), [], name);
  }
});

/** The names of all properties that a JSON schema speaks of. */
function fieldsOf(schema: unknown): string[] {
  if (typeof schema !== "object" || schema === null) return [];
  const own = "properties" in schema ? Object.keys(schema.properties as object) : [];
  return [...own, ...Object.values(schema).flatMap(fieldsOf)];
}

import assert from "node:assert/strict";
import { dueAt, isPushService, usualPreferences } from "../domain/notification.ts";

const at = (time: string) => Date.parse(`${time}+09:00`);
const due = (time: string, quiet: { from: string; to: string } | null) =>
  dueAt({ ...usualPreferences, quiet }, "reply", at(time), "Asia/Seoul");

Deno.test("quiet hours over midnight, within a day, and none", () => {
  const night = { from: "22:00", to: "08:00" }, noon = { from: "12:00", to: "13:30" };
  assert.equal(due("2026-11-20T21:59:59", night), at("2026-11-20T21:59:59"));
  assert.equal(due("2026-11-20T22:00:00", night), at("2026-11-21T08:00:00"));
  assert.equal(due("2026-11-21T03:00:00", night), at("2026-11-21T08:00:00"));
  assert.equal(due("2026-11-21T08:00:00", night), at("2026-11-21T08:00:00"));
  assert.equal(due("2026-11-20T12:15:00", noon), at("2026-11-20T13:30:00"));
  assert.equal(due("2026-11-20T23:00:00", noon), at("2026-11-20T23:00:00"));
  assert.equal(due("2026-11-20T23:00:00", null), at("2026-11-20T23:00:00"));
  assert.equal(due("2026-11-20T23:00:00", { from: "09:00", to: "09:00" }), at("2026-11-20T23:00:00"));
});

Deno.test("a push service is one of the browsers' own, over https, on its usual port", () => {
  for (
    const good of [
      "https://fcm.googleapis.com/fcm/send/abc",
      "https://updates.push.services.mozilla.com/wpush/v2/abc",
      "https://web.push.apple.com/abc",
      "https://wns2-par02p.notify.windows.com/w/?token=abc",
    ]
  ) assert.ok(isPushService(good), good);
  for (
    const bad of [
      "http://fcm.googleapis.com/fcm/send/abc",
      "https://fcm.googleapis.com:8443/x",
      "https://fcm.googleapis.com.example.org/x",
      "https://notify.windows.com.example.org/x",
      "https://evilnotify.windows.com/x",
      "https://169.254.169.254/latest/meta-data",
      "https://user@localhost/x",
    ]
  ) assert.ok(!isPushService(bad), bad);
});

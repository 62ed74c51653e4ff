/** One isolate in a process of its own, with people in the streaming room and a quicker pace, until it is killed. */
import { STREAMING } from "../domain/room.ts";
import { openStore } from "../kv/store.ts";
import { openSpine } from "../realtime/spine.ts";

const [path, pace, ...people] = Deno.args;
const spine = openSpine({
  store: await openStore(path),
  now: Date.now,
  isolate: crypto.randomUUID(),
  line: () => {},
  channel: null,
  bells: false,
  heal: 50,
  presence: JSON.parse(pace),
});
for (const id of people) {
  const person = id.startsWith("guest") ? undefined : { id, nickname: id, role: "user" as const };
  await spine.hub.join(STREAMING, { send() {}, close() {}, buffered: () => 0 }, id, {}, person);
}

import assert from "node:assert/strict";
import { STREAMING } from "../domain/room.ts";
import { sentPage } from "../kv/consents.ts";
import { keys } from "../kv/keys.ts";
import { makeRoom, speak, taskOf, usual } from "./ai_rig.ts";
import { buzz, match, type Rig, suggested, verify, writes } from "./match_rig.ts";
import { type Asked, startModelServer } from "./model_server.ts";
import { type Caller, openRig } from "./rig.ts";

type Switches = { reads?: Partial<Record<"plaza" | "live", boolean>>; consent?: object };
type Row = [what: string, off: Switches, plaza: boolean, live: boolean, model: boolean];
const table: Row[] = [
  ["nothing is off", {}, true, true, true],
  ["the plaza, for matching", { reads: { plaza: false } }, false, true, true],
  ["live rooms, for matching", { reads: { live: false } }, true, false, true],
  ["the plaza, for every model", { consent: { plaza: false } }, false, true, true],
  ["live rooms, for every model", { consent: { live: false } }, true, false, true],
  ["matching itself", { consent: { matching: false } }, true, true, false],
  ["everything", { reads: { plaza: false, live: false }, consent: { matching: false } }, false, false, false],
  ["nothing again", {}, true, true, true],
];
const on = { reads: { plaza: true, live: true }, consent: { plaza: true, live: true, matching: true } };

/** Words that each of the three used alone, by surface, and words that all used. */
const own = (who: string, surface: string) => `${who}${surface}낱말`;
const common = (surface: string) => `모두의${surface}낱말`;

Deno.test("what a surface that is off says reaches no prompt, embedding, reason, starter or rehearsal", async () => {
  const server = startModelServer(answer);
  try {
    const openai = { key: "k", baseUrl: server.url, model: "m", voice: "v", embedding: "e" };
    await using rig = await openRig({ env: { openai } });
    const [me, other, met] = await Promise.all(
      ["나무", "너울", "짝꿍"].map((name, i) => rig.person(`person_${i}`, name)),
    );
    const people = [me, other, met];
    const profile = (one: Caller) => ({ interests: [], prompts: { lately: own(one.nickname, "소개") } });
    for (const one of people) {
      const { token, nickname } = one;
      await verify(rig, one);
      await writes(rig, one, profile(one));
      await buzz(rig, one, `${own(nickname, "광장")} ${common("광장")}`);
      const text = `${own(nickname, "라이브")} ${common("라이브")}`;
      await rig.post(`/api/rooms/${STREAMING}/messages`, { text }, { token });
      const scene = await makeRoom(rig, token, "roleplays");
      await speak(rig, token, `/api/roleplays/${scene}`, `${own(nickname, "역할극")} ${common("역할극")}`);
    }
    const room = await match(rig, me, met);
    for (const one of [me, met]) {
      const text = `${own(one.nickname, "둘만")} ${common("둘만")}`;
      await rig.post(`/api/rooms/${room}/messages`, { text }, { token: one.token });
    }
    await rig.ask("PATCH", "/api/consent", { body: { direct: true, roleplay: true }, token: me.token });

    /** What is switched is read and told anew. */
    const turn = async (one: Caller, { reads = {}, consent = {} }: Switches) => {
      const asked = { token: one.token, body: { ...on.consent, ...consent } };
      assert.equal((await rig.ask("PATCH", "/api/consent", asked)).status, 200);
      await writes(rig, one, { ...profile(one), reads: { ...on.reads, ...reads } });
    };
    /** All that comes of matching now: what a model was sent, and what the reader sees. */
    const outcome = async () => {
      const suggestions = JSON.stringify(await suggested(rig, me));
      const chat = (await rig.get(`/chats/${room}`, { token: me.token })).text;
      const side = chat.slice(chat.indexOf('class="side'), chat.indexOf('id="room"'));
      const draft = (await rig.get(`/roleplay/new?with=${room}`, { token: me.token })).text;
      const situation = draft.match(/<textarea[^>]*name="situation"[^>]*>([^<]+)</)![1];
      const scene = { language: "ko", myRole: "나", aiRole: "상대", situation };
      await speak(rig, me.token, `/api/roleplays/${await makeRoom(rig, me.token, "roleplays", scene)}`, "안녕하세요");
      const sent = server.requests.map((asked) => JSON.stringify(asked)).filter((asked) => isOurs.test(asked)).join();
      return { seen: suggestions + side + draft, sent };
    };

    for (const whose of [people, [me], [other, met]]) {
      for (const [what, off, plaza, live, model] of table) {
        for (const one of people) await turn(one, whose.includes(one) ? off : on);
        server.requests.length = 0;
        for (const one of whose) await emptyLog(rig, one.id);
        for (const one of whose) await turn(one, off);
        const { seen, sent } = await outcome();
        const name = `off: ${what}, for ${whose.map(({ nickname }) => nickname)}`;
        for (const [surface, isOn] of [["광장", plaza], ["라이브", live]] as const) {
          assert.equal(seen.includes(common(surface)), isOn, `${name}: ${surface} is a reason`);
          for (const { nickname } of whose) {
            assert.equal(sent.includes(own(nickname, surface)), isOn && model, `${name}: ${nickname}'s ${surface}`);
          }
        }
        for (const { id, nickname } of whose) {
          const read = [["live", live], ["matching", true], ["plaza", plaza]].flatMap(([what, isOn]) =>
            isOn && model ? [what] : []
          );
          assert.deepEqual(await logged(rig, id), read, `${name}: the log of ${nickname}`);
          assert.equal(sent.includes(own(nickname, "소개")), model, `${name}: ${nickname}'s profile`);
          const { portrait } = (await rig.parts.store.get(keys.portrait(id))).value!;
          assert.equal(portrait.meaning !== undefined, model, `${name}: ${nickname}'s embedding`);
        }
        assert.ok(sent.includes("안녕하세요"), "a rehearsal was played");
        assert.ok(!seen.includes("어디에도 없는"), "a reason that rests on nothing is dropped");
        for (const surface of ["둘만", "역할극"]) {
          assert.ok(!(sent + seen).includes(surface + "낱말"), `${name}: ${surface} is never read`);
        }
      }
    }
  } finally {
    await server.stop();
  }
});

async function emptyLog({ parts: { store } }: Rig, id: string): Promise<void> {
  const rows = await store.list(keys.sents(id));
  await store.commit((atomic) => rows.forEach(({ key }) => atomic.delete(key)));
}

/** The surfaces that a model was sent something of for matching, as the log has it. */
async function logged({ parts: { store } }: Rig, id: string): Promise<string[]> {
  const { items } = await sentPage(store, id, 1, 100);
  return [...new Set(items.flatMap(({ task, surface }) => task === "matching" ? [surface] : []))].sort();
}

/** Embeddings, reasons, and the rehearsal; not what the older scenes still remember. */
const isOurs = /"input":|\\"mine\\":|안녕하세요/;

/** Numbers for an embedding, a reason for each line for a pair, a word for a scene. */
function answer(asked: Asked): string | Response {
  if (!asked.messages) {
    const { input } = asked as unknown as { input: string };
    const embedding = Array.from({ length: 16 }, (_, i) => input.length % (i + 2));
    return Response.json({ data: [{ embedding, index: 0 }], usage: { prompt_tokens: 1, total_tokens: 1 } });
  }
  const { mine } = JSON.parse(asked.messages.at(-1)!.content);
  if (!mine) return usual[taskOf(asked)];
  const reasons = mine.map(({ text, line }: { text: string; line: number }) => ({ line, text }));
  return JSON.stringify({ reasons: [{ line: 99, text: "어디에도 없는 까닭" }, ...reasons] });
}

import assert from "node:assert/strict";
import { wordsIn } from "../domain/words/words.ts";
import { openAiRig, speak } from "./ai_rig.ts";
import { until } from "./until.ts";

const mistake = { language: "en", said: "I am agree with you.", better: "I agree with you.", kind: "grammar" };
const why = "agree는 그 자체로 동사예요.";
const scene = { language: "en", situation: "A café.", myRole: "guest", aiRole: "barista" };
const interview = { mode: "interview", language: "en", posting: "Bakery. 300 loaves a day." };
const { cards } = wordsIn("ko");
/** As it stands on the page itself, not in what its script is given. */
const shown = `<ins lang="en">${mistake.better}</ins>`;

Deno.test("a due mistake comes back in the next scene and interview, for the model and on the page with its reason", async () => {
  await using house = await openAiRig();
  const { rig } = house, { token } = await rig.person("learner_1");
  await rig.post("/api/cards", { ...mistake, why }, { token });
  const begin = async (path: string, draft: object) => String((await rig.post(path, draft, { token })).json.id);
  const [played, asked] = [await begin("/api/roleplays", scene), await begin("/api/practices", interview)];
  await speak(rig, token, `/api/roleplays/${played}`, "Hello.");
  await until(() => house.asked("line").length > 0 && house.asked("plan").length > 0);
  for (const task of ["line", "plan"] as const) {
    const [{ messages: [system, user] }] = house.asked(task);
    assert.deepEqual(JSON.parse(user.content).chances, [mistake.better], task);
    assert.ok(!system.content.includes(mistake.better), "the words of a person are no rules");
  }
  for (const path of [`/roleplay/${played}`, `/practice/${asked}`]) {
    const { text } = await rig.get(path, { token });
    const [, beside = ""] = text.split(shown), [reason] = beside.split("</p>");
    assert.ok(reason.includes(`11월 20일 ${cards.sources.practice}에서 쓴 문장이에요. ${why}`), `${path}: ${reason}`);
  }
});

Deno.test("it does not come back in another language, off the record, before it is due, or to somebody else", async () => {
  await using house = await openAiRig();
  const { rig } = house, { token } = await rig.person("learner_1"), other = await rig.person("other_1");
  const card = await rig.post("/api/cards", { ...mistake, why }, { token });
  const comesTo = async (draft: object, token?: string) => {
    const { json: { id } } = await rig.post("/api/roleplays", { ...scene, ...draft }, { token });
    return (await rig.get(`/roleplay/${id}`, { token })).text.includes(shown);
  };
  assert.equal(await comesTo({}, token), true);
  assert.equal(await comesTo({ language: "ja" }, token), false);
  assert.equal(await comesTo({ offRecord: true }, token), false);
  assert.equal(await comesTo({}, other.token), false);
  await rig.post(`/api/cards/${card.json.id}/review`, { rating: "good" }, { token });
  assert.equal(await comesTo({}, token), false);
});

import assert from "node:assert/strict";
import { oldAddresses } from "../routes/compat.ts";
import { openapi } from "../routes/openapi.ts";
import { operations } from "../routes/operations.ts";
import { openRig } from "./rig.ts";

/** Read by people, not called by programs. */
const pages = ["get /api/docs"];

Deno.test("the table of operations and the app's routes are the same", async () => {
  await using rig = await openRig();
  const old = oldAddresses.map(({ path }) => path);
  const routes = rig.app.routes
    .filter(({ method, path }) => method !== "ALL" && path.startsWith("/api/") && !old.includes(path))
    .map(({ method, path }) => `${method.toLowerCase()} ${path}`);
  const described = operations.map(({ method, path }) => `${method} ${path}`);
  assert.equal(new Set(described).size, described.length, "nothing twice");
  assert.deepEqual(
    [...new Set(routes)].sort(),
    [...described, ...pages].sort(),
  );
});

type Schema = { $ref?: string; required?: string[]; properties?: Record<string, Schema> };
type Described = {
  parameters: { name: string; in: string }[];
  requestBody?: { content: Record<string, { schema: Schema }> };
  responses: Record<string, { description: string; content?: Record<string, { schema: Schema }> }>;
};

Deno.test("the document says what the schemas say, and every reference leads somewhere", async () => {
  await using rig = await openRig();
  const answer = await rig.get("/api/openapi.json");
  assert.deepEqual(answer.json, JSON.parse(JSON.stringify(openapi())));
  assert.equal(answer.json.openapi, "3.1.0");
  const { schemas } = answer.json.components as { schemas: Record<string, Schema> };
  for (const [, name] of answer.text.matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)) {
    assert.ok(schemas[name], name);
  }
  assert.doesNotMatch(answer.text, /\$defs/);

  const paths = answer.json.paths as Record<string, Record<string, Described>>;
  const send = paths["/api/send-chat"].post;
  const { required, properties } = send.requestBody!.content["application/json"].schema;
  assert.deepEqual([required, Object.keys(properties!)], [["text"], [
    "text",
    "mood",
    "clientId",
    "reply",
    "asks",
  ]]);
  assert.deepEqual(Object.keys(send.responses).sort(), ["200", "201", "400", "401", "409", "413", "415", "422", "429"]);
  assert.equal(send.responses[201].content!["application/json"].schema.$ref, "#/components/schemas/Message");
  const names = paths["/api/rooms/{id}/messages"].get.parameters.map((one) => `${one.in} ${one.name}`);
  assert.deepEqual(names, ["path id", "query before", "query after", "query limit"]);
  assert.ok(schemas.Letter.properties!.texts);
});

Deno.test("what the API answers has the fields that the document requires", async () => {
  await using rig = await openRig();
  const { token } = await rig.person("mango_1");
  const { schemas } = (await rig.get("/api/openapi.json")).json.components as { schemas: Record<string, Schema> };
  const holds = (name: string, value: Record<string, unknown>) => {
    for (const field of schemas[name].required!) assert.ok(field in value, `${name}.${field}`);
    for (const field of Object.keys(value)) {
      assert.ok(field in schemas[name].properties!, `${name}.${field} is described`);
    }
  };
  holds("Message", (await rig.post("/api/send-chat", { text: "hi", mood: "joy" }, { token })).json);
  holds("Tokens", (await rig.post("/api/login", { username: "mango_1", password: "sunnyday1" })).json);
  holds("Profile", (await rig.get("/api/profile", { token })).json);
  holds("Problem", (await rig.post("/api/send-chat", { text: "" }, { token })).json);
});

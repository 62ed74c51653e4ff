import OpenAI from "openai";
import { chunk, startModelServer, stream } from "../model_server.ts";
import { type App, type Caller, freePort, kvFile, people, startApp } from "../processes.ts";
import { median, type Row, startLoad } from "./rig.ts";

const ROUNDS = 80, WARM = 40;
const STREAMS = 200;
const PLAZA = { rate: 20, seconds: 8, drain: 2 };
/** A model that begins at once, so that what lies before the first word is ours; then twenty pieces a second. */
const PACE = 50;
const answer = (pieces: number) =>
  stream([...Array(pieces).fill(chunk("ab ")), chunk("", "stop"), "data: [DONE]\n\n"], { pause: PACE });

/** (f) What the app adds to the model's first token, and what 200 answers at once do to the plaza. */
export async function ai(): Promise<Row[]> {
  const pieces = { n: 2 };
  const server = startModelServer(() => answer(pieces.n));
  await using file = await kvFile();
  const env = { OPENAI_API_KEY: "k", OPENAI_BASE_URL: server.url, PRACTICE_DAILY_LIMIT: "10000" };
  const port = freePort();
  await using app = await startApp({ kvPath: file.path, env, port });
  const [me, ...others] = await people(file.path, 21);
  const client = new OpenAI({ apiKey: "k", baseURL: server.url, maxRetries: 0 });

  const room = await makeRoom(app, me);
  const ours: number[] = [], direct: number[] = [];
  for (let round = 0; round < ROUNDS + WARM; round++) {
    const first = await firstOfApp(app, me, room);
    const same = await firstOfPackage(client, server.requests.findLast(({ stream }) => stream)!.messages);
    if (round < WARM) continue;
    ours.push(first);
    direct.push(same);
  }
  const added = median(ours) - median(direct);

  pieces.n = Math.ceil(45_000 / PACE);
  const rooms = await Promise.all(Array.from({ length: STREAMS }, () => makeRoom(app, me)));
  await using load = await startLoad({
    port,
    dialect: "jungle",
    sockets: 100,
    tokens: others.map(({ token }) => token),
  });
  await load.run({ ...PLAZA, seconds: 3 });
  const alone = await load.run(PLAZA);
  const leaving = new AbortController();
  const reading = rooms.map((room) => listen(app, me, room, leaving.signal));
  await Promise.all(reading.map(({ begun }) => begun));
  const together = await load.run(PLAZA);
  const running = reading.filter(({ over }) => !over()).length;
  leaving.abort();
  await Promise.all(reading.map(({ done }) => done));
  await app.kill(); // its answers go on without readers
  await server.stop();
  const ms = (n: number) => `${n.toFixed(1)} ms`;
  return [
    {
      part: "f",
      what:
        "first token of an answer in an AI room, less that of the openai package called directly with the same messages (medians)",
      result: `${ms(added)} (${ms(median(ours))} / ${ms(median(direct))}, ${ROUNDS} each in turn)`,
      bar: "< 10 ms",
      met: added < 10,
    },
    {
      part: "f",
      what: `the plaza's p99 beside ${STREAMS} streaming answers in one isolate / alone`,
      result: `${(together.p99 / alone.p99).toFixed(2)}× (${ms(together.p99)} / ${
        ms(alone.p99)
      }; ${running} still streaming at its end)`,
      bar: "≤ 2×",
      met: together.p99 <= 2 * alone.p99 && running === STREAMS && together.delivered === together.expected,
    },
  ];
}

async function firstOfPackage(client: OpenAI, messages: OpenAI.ChatCompletionMessageParam[]): Promise<number> {
  const started = performance.now();
  const said = await client.chat.completions.create({
    model: "m",
    messages,
    stream: true,
  });
  let first = 0;
  for await (const { choices } of said) if (choices[0]?.delta.content) first ||= performance.now() - started;
  return first;
}

async function firstOfApp(app: App, who: Caller, room: string): Promise<number> {
  const started = performance.now();
  let first = 0;
  for await (const event of eventsOf(await say(app, who, room))) {
    if (event === "delta") first ||= performance.now() - started;
  }
  return first;
}

/** Follows one answer; `begun` resolves with its first word. */
function listen(app: App, who: Caller, room: string, signal: AbortSignal) {
  const begun = Promise.withResolvers<void>();
  let over = false;
  const done = (async () => {
    for await (const event of eventsOf(await say(app, who, room, signal))) {
      if (event === "delta") begun.resolve();
      if (event === "end") over = true;
    }
  })().catch((error) => signal.aborted || begun.reject(error));
  return { begun: begun.promise, done, over: () => over };
}

async function makeRoom(app: App, who: Caller): Promise<string> {
  return (await (await post(app, who, "/api/practices", { corrections: "off" })).json()).id;
}

const say = (app: App, who: Caller, room: string, signal?: AbortSignal): Promise<Response> =>
  post(app, who, `/api/practices/${room}/messages`, { text: "Hello" }, signal);

const post = (app: App, { token }: Caller, path: string, body: unknown, signal?: AbortSignal): Promise<Response> =>
  fetch(app.url + path, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify(body),
    signal,
  });

async function* eventsOf(answer: Response): AsyncGenerator<string> {
  if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
  for await (const text of answer.body!.pipeThrough(new TextDecoderStream())) {
    for (const [, event] of text.matchAll(/^event: (\w+)$/gm)) yield event;
  }
}

import assert from "node:assert/strict";
import type { Message } from "../domain/message.ts";
import { STREAMING } from "../domain/room.ts";
import type { ServerFrame } from "../domain/wire.ts";
import { slowModel } from "./companion_rig.ts";
import { startModelServer } from "./model_server.ts";
import { type App, type Caller, kvFile, people, startApp, until } from "./processes.ts";

/** Everything that a reader on a real socket has of the newest answer. */
async function watch(app: App): Promise<Disposable & { answer(): Message | undefined }> {
  const socket = new WebSocket(`${app.url.replace("http", "ws")}/ws`);
  const messages = new Map<number, Message>();
  socket.onmessage = ({ data }) => {
    const frame = JSON.parse(data) as ServerFrame;
    const items = frame.type === "joined" || frame.type === "messages" || frame.type === "changed" ? frame.items : [];
    for (const item of items) {
      const of = item.change?.of ?? item.seq;
      messages.set(of, { ...messages.get(of) ?? item, ...item.change ?? item });
    }
    if (frame.type !== "delta") return;
    const seq = Number(frame.messageId.split(":")[1]), before = messages.get(seq)!;
    assert.equal(before.text.length, frame.from);
    messages.set(seq, { ...before, text: before.text + frame.text });
  };
  await new Promise((open, fail) => [socket.onopen, socket.onerror] = [open, fail]);
  socket.send(JSON.stringify({ type: "join", room: STREAMING }));
  return {
    answer: () => [...messages.values()].findLast(({ kind }) => kind === "companion"),
    [Symbol.dispose]: () => socket.close(),
  };
}

async function ask(app: App, { token }: Caller): Promise<void> {
  const answer = await fetch(`${app.url}/api/rooms/${STREAMING}/ask`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify({ text: "@반디 들려?" }),
  });
  assert.equal(answer.status, 201, await answer.text());
}

for (const signal of ["SIGKILL", "SIGTERM"] as const) {
  Deno.test(`${signal} in the middle of an answer: readers at another process see it interrupted, not hanging`, async () => {
    const model = slowModel(), server = startModelServer(model.reply);
    await using file = await kvFile();
    const env = { OPENAI_API_KEY: "k", OPENAI_BASE_URL: server.url };
    await using dying = await startApp({ kvPath: file.path, env });
    await using living = await startApp({ kvPath: file.path, env });
    using reader = await watch(living);
    const [asker] = await people(file.path, 1);
    await ask(dying, asker);
    await until("the model was asked", model.asked);
    model.say("여기까지 말하고");
    await until("it is read at the other process", () => reader.answer()?.text === "여기까지 말하고");
    assert.equal(reader.answer()!.state, "streaming");
    const { took, code } = await dying.kill(signal);
    const within = signal === "SIGKILL" ? 20_000 : 3_000;
    await until("it is interrupted", () => reader.answer()?.state === "interrupted", within);
    assert.equal(reader.answer()!.text, "여기까지 말하고");
    if (signal === "SIGTERM") assert.ok(code === 0 && took < 4_000, `${code} after ${took} ms`);
    await server.stop();
  });
}

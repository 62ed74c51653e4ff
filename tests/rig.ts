import { readEnv, type Settings } from "../adapters/env.ts";
import { openOAuth } from "../adapters/oauth.ts";
import { openPasswords } from "../adapters/passwords.ts";
import { openPush } from "../adapters/push.ts";
import { openModel } from "../ai/model.ts";
import { openExports } from "../cron/export.ts";
import { openLetters } from "../cron/letter.ts";
import { homeOf, openPost } from "../cron/post.ts";
import type { Letter } from "../domain/letter.ts";
import type { Role } from "../domain/person.ts";
import { claimLetter, publishLetter } from "../kv/letters.ts";
import { outboxMailer } from "../kv/outbox.ts";
import { secretOf } from "../kv/secrets.ts";
import { openQuotas } from "../kv/quota.ts";
import { openIdentity } from "../kv/sessions.ts";
import { openSigner } from "../kv/signing.ts";
import { openRooms } from "../kv/rooms.ts";
import { openBlocks } from "../kv/blocks.ts";
import { openStore } from "../kv/store.ts";
import { findByName, setRole } from "../kv/users.ts";
import { announce } from "../realtime/house.ts";
import { hearNotices } from "../realtime/notices.ts";
import { openActs } from "../realtime/acts.ts";
import { openAiRooms } from "../realtime/ai_rooms.ts";
import { openPolls } from "../realtime/polls.ts";
import { openCatchUps } from "../realtime/catch_up.ts";
import { openTranslations } from "../realtime/translations.ts";
import { openCompanion } from "../realtime/companion.ts";
import { openMatching } from "../realtime/matching.ts";
import { openLobby } from "../realtime/lobby.ts";
import { openOrder } from "../realtime/order.ts";
import { openOwnLetters } from "../realtime/own_letters.ts";
import { openPairs } from "../realtime/pairs.ts";
import { openPowers } from "../realtime/powers.ts";
import { openSendLimit } from "../realtime/send_limit.ts";
import { openSockets } from "../realtime/sockets.ts";
import { openSpine, type Spine } from "../realtime/spine.ts";
import { createApp } from "../routes/app.ts";
import { openAssets } from "../routes/assets.ts";
import type { Parts } from "../routes/context.ts";

export type Reply = { status: number; headers: Headers; text: string; json: Record<string, unknown> };
export type Asked = { body?: unknown; token?: string; headers?: Record<string, string> };
export type Line = { level: string; event: string } & Record<string, unknown>;
export type Caller = { id: string; username: string; nickname: string; token: string };

export const PASSWORD = "sunnyday1";

/** A letter as a model might write it that is past all guards. */
export async function keepLetter(
  { store, now }: Pick<Parts, "store" | "now">,
  date: string,
  texts: Letter["texts"],
  read = { from: 0, to: 1 },
) {
  const figures = { by: "gpt", quiet: false, buzzes: 12, writers: 5, moods: { joy: 3, sad: 2, tired: 7 } };
  const letter: Letter = { date, ...read, writtenAt: 2, ...figures, texts };
  if (!await publishLetter(store, await claimLetter(store, date, "test", now()), letter, 0)) throw new Error("taken");
}

/**
 * The whole app on a store in memory and a port of its own, with a clock that the test turns. Limits are off. With a
 * `store` and a `channel` it is one more isolate.
 */
export async function openRig(
  { env: settings = {}, channel = null, ...given }:
    & { env?: Partial<Settings>; channel?: BroadcastChannel | null }
    & Partial<Omit<Parts, "env">> = {},
) {
  const env: Settings = { ...readEnv(() => undefined), kvPath: ":memory:", rateLimitScale: 0, ...settings };
  const clock = { at: Date.UTC(2026, 10, 20, 3, 0) };
  const now = given.now ?? (() => clock.at);
  const lines: Line[] = [];
  const line: Parts["line"] = (level, event, fields) => void lines.push({ level, event, ...fields });
  const store = given.store ?? await openStore(":memory:");
  const isolate = crypto.randomUUID();
  const blocks = openBlocks({
    store,
    now,
    announce: (...people) => announce(spine.log, { type: "apart", people }),
  });
  const spine: Spine = openSpine({ store, now, line, isolate, channel, bells: false, apart: blocks.apart });
  const passwords = openPasswords({ cost: 4, queue: 200, patience: 20_000 });
  const identity = await openIdentity({
    store,
    now,
    line,
    secret: await secretOf(store, "tokens"),
    ended: (session) => announce(spine.log, { type: "session_ended", session }),
  });
  const model = given.model ??
    openModel({ ...env.openai, name: env.openai.model, now, line });
  const letters = openLetters({
    store,
    log: spine.log,
    model,
    now,
    zone: env.letterTimeZone,
    line,
    announce: (notice) => announce(spine.log, notice),
  });
  const signer = given.signer ?? await openSigner(await secretOf(store, "mail"));
  const scale = env.rateLimitScale;
  const ownLetters = openOwnLetters({ store, ...spine, model, now, scale });
  const post = given.post ?? openPost({
    store,
    mailer: outboxMailer(store, now),
    signer,
    ownLetters,
    areApart: blocks.areApart,
    home: homeOf(env),
    zone: env.letterTimeZone,
    now,
    scale: env.rateLimitScale,
    line,
  });
  const sockets = openSockets(env.rateLimitScale);
  const order = openOrder({ store, ...spine, now, scale: env.rateLimitScale, line });
  const rooms = openRooms({
    store,
    now,
    announce: (room) => announce(spine.log, { type: "room", room }),
    barred: order.barred,
    areApart: blocks.areApart,
  });
  const exports = openExports({ store, now, isolate, line });
  const lobby = openLobby({ ...spine, rooms, line });
  await hearNotices({ store, ...spine, line, sockets, rooms, order, blocks, lobby });
  await blocks.load();
  const sends = openSendLimit(env.rateLimitScale, now);
  const acts = openActs({ store, ...spine, order, sends, now });
  const polls = openPolls({ store, ...spine, order });
  const quotas = openQuotas({ store, now, limits: env.dailyLimits, zone: env.letterTimeZone });
  const companion = openCompanion({ ...spine, store, rooms, acts, model, quotas, isolate, now, scale, line });
  const stopCompanion = companion.start();
  const { areApart } = blocks;
  const pairs = openPairs({ store, log: spine.log, rooms, model, order, quotas, companion, now, scale, line });
  const stopPairs = pairs.start();
  const parted = pairs.parted;
  const matching = openMatching({ ...spine, store, rooms, model, order, areApart, parted, now, scale, line });
  const parts: Parts = {
    env,
    store,
    ...spine,
    identity,
    passwords,
    oauth: openOAuth(env),
    letters,
    push: openPush({ secret: await secretOf(store, "push"), subject: "https://example.org", allowed: () => true }),
    post,
    signer,
    lobby,
    model,
    sends,
    rooms,
    blocks,
    exports,
    order,
    powers: openPowers({ store, ...spine, now }),
    acts,
    polls,
    companion,
    quotas,
    aiRooms: openAiRooms({ store, ...spine, rooms, model, companion, quotas, areApart, now, scale }),
    matching,
    pairs,
    catchUps: openCatchUps({ store, ...spine, model, now, scale, line }),
    translations: openTranslations({ store, model, now, scale }),
    ownLetters,
    sockets,
    now,
    line,
    assets: await openAssets("static"),
    ...given,
  };
  const app = createApp(parts);
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen() {} }, (request, info) => {
    return app.fetch(request, info);
  });
  const base = `http://127.0.0.1:${server.addr.port}`;

  async function ask(method: string, path: string, { body, token, headers = {} }: Asked = {}): Promise<Reply> {
    const plain = body === undefined || body instanceof URLSearchParams || typeof body === "string";
    const answer = await fetch(base + path, {
      method,
      body: plain ? body as string | undefined : JSON.stringify(body),
      redirect: "manual",
      headers: {
        ...(plain ? {} : { "Content-Type": "application/json" }),
        ...(token ? { Authorization: `Bearer ${token}` } : {}),
        ...headers,
      },
    });
    const text = await answer.text();
    const isJson = /json/.test(answer.headers.get("Content-Type") ?? "") && text !== "";
    return { status: answer.status, headers: answer.headers, text, json: isJson ? JSON.parse(text) : {} };
  }

  async function enter(username: string): Promise<Caller> {
    const { json } = await ask("POST", "/api/login", { body: { username, password: PASSWORD } });
    const user = json.user as Caller;
    return { id: user.id, username, nickname: user.nickname, token: String(json.accessToken) };
  }

  return {
    app,
    parts,
    base,
    clock,
    lines,
    ask,
    get: (path: string, asked?: Asked) => ask("GET", path, asked),
    post: (path: string, body?: unknown, asked?: Asked) => ask("POST", path, { ...asked, body }),
    /** Signs up over HTTP; another role than user is given in the store, and then logged in with. */
    async person(username: string, nickname = username, role: Role = "user"): Promise<Caller> {
      const { json } = await ask("POST", "/api/register", { body: { username, nickname, password: PASSWORD } });
      const made = { ...(json.user as Caller), username, nickname, token: String(json.accessToken) };
      if (role === "user") return made;
      const user = await findByName(store, username);
      if (user) await setRole(store, user.id, role);
      return await enter(username);
    },
    enter,
    async [Symbol.asyncDispose]() {
      await sockets.closeAll(1_000);
      await Promise.all([stopCompanion(), stopPairs(), exports.stop(), lobby.stop()]);
      await spine.stop();
      await server.shutdown();
      passwords.close();
      if (!given.store) store.close();
    },
  };
}

import assert from "node:assert/strict";
import { keys } from "../kv/keys.ts";
import { openStore } from "../kv/store.ts";
import { type Caller, openRig } from "./rig.ts";

export type Rig = Awaited<ReturnType<typeof openRig>>;

/** Two isolates of one process: one store, and a channel between them. */
export async function openTwo(options: Parameters<typeof openRig>[0] = {}) {
  const store = await openStore(":memory:");
  const name = crypto.randomUUID();
  const open = () => openRig({ ...options, store, channel: new BroadcastChannel(name) });
  const rigs = [await open(), await open()] as const;
  return {
    store,
    rigs,
    async [Symbol.asyncDispose]() {
      for (const rig of rigs) await rig[Symbol.asyncDispose]();
      store.close();
    },
  };
}

/** Somebody who looks for friends, speaks Korean, and lets nothing be read. */
export const plain = {
  birthYear: 1995,
  intentions: ["friend"],
  speaks: ["ko"],
  interests: ["라디오"],
  reads: { plaza: false, live: false },
};

/** As if the address had been proved by the mail's link. */
export async function verify({ parts: { store } }: Rig, { id }: { id: string }): Promise<void> {
  const found = await store.get(keys.user(id));
  await store.commit((atomic) => atomic.set(keys.user(id), { ...found.value!, emailVerifiedAt: 1 }));
}

/** Signs up, is verified, and writes a profile over HTTP. */
export async function joins(rig: Rig, username: string, profile: object = {}, nickname = username): Promise<Caller> {
  const person = await rig.person(username, nickname);
  await verify(rig, person);
  await writes(rig, person, profile);
  return person;
}

export async function writes(rig: Rig, { token }: Caller, profile: object): Promise<void> {
  const { status, text } = await rig.ask("PUT", "/api/matching/profile", { body: { ...plain, ...profile }, token });
  assert.equal(status, 200, text);
}

export type Told = {
  items: { person: { id: string; nickname: string }; reasons: { signal: string; text: string; source: Source }[] }[];
  emptied?: { filter: string; without: number };
};
type Source = { kind: string; line?: string; room?: string; seq?: number };

export async function suggested(rig: Rig, { token }: Caller, limit = 10): Promise<Told> {
  const { status, text, json } = await rig.get(`/api/matching/suggestions?limit=${limit}`, { token });
  assert.equal(status, 200, text);
  return json as Told;
}

export const names = ({ items }: Told): string[] => items.map(({ person }) => person.nickname);

/** Both say yes; gives the room. */
export async function match(rig: Rig, one: Caller, other: Caller): Promise<string> {
  await like(rig, one, other);
  const { json } = await like(rig, other, one);
  assert.equal(json.matched, true);
  return String(json.room);
}

export const like = (rig: Rig, { token }: Caller, { id }: { id: string }) =>
  rig.post("/api/matching/likes", { userId: id }, { token });

export const buzz = (rig: Rig, { token }: Caller, text: string, mood?: string) =>
  rig.post("/api/send-chat", { text, mood }, { token });

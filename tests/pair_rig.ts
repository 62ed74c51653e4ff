import assert from "node:assert/strict";
import type { Message } from "../domain/message.ts";
import type { PairAct, PairView } from "../domain/pair.ts";
import type { Report } from "../domain/practice.ts";
import { joins, match, type Rig } from "./match_rig.ts";
import type { Caller } from "./rig.ts";

export const STORY =
  "Last year our team had a slow page. I was responsible for making it fast. I built a cache because the query was slow. As a result it dropped to 2 seconds.";
export const MINUTE = 60_000;

/** Two matched people and their room. */
export async function meet(rig: Rig) {
  const one = await joins(rig, "hana_1", {}, "하나"), other = await joins(rig, "duri_2", {}, "두리");
  return { one, other, room: await match(rig, one, other) };
}

export const look = async (rig: Rig, { token }: Caller, room: string): Promise<PairView | null> =>
  (await rig.get(`/api/rooms/${room}/pair`, { token })).json.pair as PairView | null;

export const propose = (rig: Rig, { token }: Caller, room: string, draft: object = {}) =>
  rig.post(`/api/rooms/${room}/pair`, { language: "en", minutes: 5, job: "developer", ...draft }, { token });

/** Does it to what the person sees now. */
export async function act(rig: Rig, who: Caller, room: string, act: PairAct, deed: object = {}) {
  const pair = await look(rig, who, room);
  const seen = { id: pair?.id ?? "none", step: pair?.step ?? "proposed", ...deed };
  return await rig.post(`/api/rooms/${room}/pair/${act}`, seen, { token: who.token });
}

export async function begin(rig: Rig, one: Caller, other: Caller, room: string, draft: object = {}): Promise<void> {
  const proposed = await propose(rig, one, room, draft);
  assert.equal(proposed.status, 201, proposed.text);
  const accepted = await act(rig, other, room, "accept");
  assert.equal(accepted.status, 200, accepted.text);
}

export const say = (rig: Rig, { token }: Caller, room: string, text: string) =>
  rig.post(`/api/rooms/${room}/messages`, { text }, { token });

export const tellingsIn = (messages: Message[]): string[] =>
  messages.flatMap(({ event }) => event?.type === "pair" ? [event.telling] : []);

/** What the companion has said in the room, from the store. */
export const tellings = async ({ parts: { log } }: Rig, room: string): Promise<string[]> =>
  tellingsIn(await log.page(room, {}, 200));

export const left = async (rig: Rig, { token }: Caller): Promise<number> =>
  Number((await rig.get("/api/practices", { token })).headers.get("RateLimit-Remaining"));

export const reportOf = async (rig: Rig, { token }: Caller, id: string) => {
  const { status, json } = await rig.get(`/api/practices/${id}/report`, { token });
  return { status, report: json.report as Report };
};

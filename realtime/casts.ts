import { type CastRole, newCast, placeOf } from "../domain/cast.ts";
import type { Happening } from "../domain/happening.ts";
import type { Who } from "../domain/person.ts";
import { Problem } from "../domain/problems.ts";
import type { Room } from "../domain/room.ts";
import type { Scene } from "../domain/scene.ts";
import { changeAiRoom, readAiRoom } from "../kv/ai_rooms.ts";
import { readPath } from "../kv/branch.ts";
import { writersOf } from "../kv/consents.ts";
import { invite, isGood } from "../kv/invitations.ts";
import { keys } from "../kv/keys.ts";
import type { Log } from "../kv/log.ts";
import type { Rooms } from "../kv/rooms.ts";
import type { Store } from "../kv/store.ts";
import { hashOf } from "../kv/tickets.ts";
import { house } from "./house.ts";

type Parts = {
  store: Store;
  rooms: Rooms;
  log: Log;
  blocks: { areApart(one: string, other: string): boolean };
  now: () => number;
};
type SceneRoom = Room & { owner: string };
export type Invited = { word: string; expiresAt: number };

/**
 * Scenes that several people play. All of them come before the first line, so that each may read every line; an
 * invitation opens nothing else. Problem `not_found` for a wrong word, and where two would meet who are apart.
 */
export type Casts = ReturnType<typeof openCasts>;

export function openCasts({ store, rooms, log, blocks, now }: Parts) {
  /** The owner opens the scene to who has the word. Problem `scene_begun`. */
  async function open(room: SceneRoom, who: Who): Promise<Invited> {
    const { cast, begun } = await readAiRoom(store, "roleplay", room.id);
    if (begun || !cast && writersOf(await readPath(log, room.id)).length) throw new Problem("scene_begun");
    await changeAiRoom(store, "roleplay", room.id, (scene) => {
      const { cast, myRole, aiRole } = scene;
      return cast ? null : { ...scene, cast: newCast([myRole, aiRole], who), scenario: undefined, review: [] };
    });
    return await invite({ store, now }, room.id, who.id);
  }

  /** The scene that the word opens to this person, before they take a role in it. */
  async function look(id: string, word: string, who: Who): Promise<Scene> {
    return (await opened(id, word, who)).scene.value!;
  }

  /** Takes a free role, and with it a place in the room. Problems `scene_begun`, `role_taken`. */
  async function claim(id: string, word: string, place: number, who: Who): Promise<void> {
    for (let tries = 0; tries < 20; tries++) {
      const { room, scene, invitation, member } = await opened(id, word, who);
      const { cast = [], begun } = scene.value!;
      if (placeOf(cast, who.id) >= 0) return;
      if (begun) throw new Problem("scene_begun");
      if (!cast[place] || cast[place].player) throw new Problem("role_taken");
      const player = { id: who.id, nickname: who.nickname };
      const next = cast.map((role, n) => n === place ? { ...role, player } : role);
      const done = await store.commit((atomic) => {
        atomic.check(scene, invitation, member).set(scene.key, { ...scene.value!, cast: next });
        atomic.set(member.key, { since: now() }).set(keys.playedScene(who.id, room.createdAt ?? 0, id), true);
      });
      if (done === null) continue;
      await rooms.changed(id);
      return await note(id, { type: "played", name: cast[place].name, by: "person" });
    }
    throw new Problem("busy", { wait: 1 });
  }

  async function opened(id: string, word: string, who: Who) {
    const hash = await hashOf(word);
    const [room, scene, invitation, member] = await Promise.all([
      rooms.get(id),
      store.get(keys.scene(id)),
      store.get(keys.invitation(id)),
      store.get(keys.member(id, who.id)),
    ]);
    const people = scene.value?.cast?.flatMap(({ player }) => player?.id ?? []) ?? [];
    const sentOut = (member.value?.out ?? -1) >= (invitation.value?.createdAt ?? 0);
    if (
      room?.kind !== "roleplay" || !scene.value?.cast || !isGood(invitation.value, hash, now()) || sentOut ||
      people.some((one) => blocks.areApart(one, who.id))
    ) throw new Problem("not_found");
    return { room, scene, invitation, member };
  }

  /** A player gives their role back to the companion, or the owner takes it from them. Problems `forbidden`, `not_found`. */
  async function leave(room: SceneRoom, place: number, who: Who): Promise<void> {
    for (let tries = 0; tries < 20; tries++) {
      const scene = await store.get(keys.scene(room.id));
      const cast = scene.value?.cast ?? [], player = cast[place]?.player;
      if (!scene.value || !player) throw new Problem("not_found");
      if (player.id === room.owner || ![player.id, room.owner].includes(who.id)) throw new Problem("forbidden");
      const next = cast.map(({ player, ...role }, n): CastRole => n === place || !player ? role : { ...role, player });
      const since = scene.value.createdAt, member = keys.member(room.id, player.id);
      const done = await store.commit((atomic) => {
        atomic.check(scene).set(scene.key, { ...scene.value!, cast: next });
        atomic.delete(keys.playedScene(player.id, room.createdAt ?? 0, room.id));
        if (player.id === who.id) atomic.delete(member);
        else atomic.set(member, { since, out: now() });
      });
      if (done === null) continue;
      await rooms.changed(room.id);
      return await note(room.id, { type: "played", name: cast[place].name, by: "companion" });
    }
    throw new Problem("busy", { wait: 1 });
  }

  /** Takes a role on stage or off it. What the log says comes first: what an AI role heard is read from there. */
  async function stage(room: SceneRoom, place: number, on: boolean): Promise<void> {
    const role = (await readAiRoom(store, "roleplay", room.id)).cast?.[place];
    if (!role) throw new Problem("not_found");
    if (on === !role.off) return;
    await note(room.id, { type: "stage", role: place, name: role.name, on });
    await changeAiRoom(store, "roleplay", room.id, (scene) => ({
      ...scene,
      cast: scene.cast?.map((one, n) => n === place ? { ...one, off: !on || undefined } : one),
    }));
  }

  async function note(room: string, event: Happening): Promise<void> {
    await log.append({ room, author: house, kind: "system", text: "", event });
  }

  return { open, look, claim, leave, stage };
}

/** Others' scenes in which a person plays and which they may find, newest first. */
export async function playedScenes({ store, rooms }: Pick<Parts, "store" | "rooms">, who: Who): Promise<Scene[]> {
  const rows = await store.list(keys.playedScenes(who.id), { reverse: true, limit: 50 });
  const ids = rows.map(({ key }) => String(key.at(-1)));
  const [found, open] = await Promise.all([
    store.getMany(ids.map(keys.scene)),
    Promise.all(ids.map((id) => rooms.find(id, who))),
  ]);
  return found.flatMap(({ value }, i) => value && open[i] ? value : []);
}

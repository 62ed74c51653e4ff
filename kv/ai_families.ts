import { type AiKind, aiKinds } from "../domain/room.ts";
import { eraseRoom } from "./erase.ts";
import { among, type Change, type Rule, under } from "./family.ts";
import type { Scene } from "../domain/scene.ts";
import { type CardRecord, keys } from "./keys.ts";

const mine = <V>(value: V): V => value;
/** Goes, and is taken along, with the room. */
const withRoom: Rule = () => ({});

/** AI rooms have one person: they go whole, and what was agreed, remembered and reported there is taken along. */
const rooms: Rule = () => ({
  async takes(store, id) {
    const own = (await Promise.all(aiKinds.map((kind) => store.list(keys.ownAiRooms(id, kind))))).flat();
    const items = await Promise.all(own.map(async ({ key }) => {
      const room = String(key.at(-1));
      const about = [keys.scene, keys.practice, keys.recollection, keys.interviewReport];
      const [scene, practice, remembered, report] = await Promise.all(
        about.map((one) => store.get<unknown>(one(room))),
      );
      const told = { scene, practice, remembered, report };
      return {
        room,
        ...Object.fromEntries(Object.entries(told).flatMap(([name, { value }]) => value ? [[name, value]] : [])),
      };
    }));
    return { items };
  },
  async erases(store, { id, left }) {
    for (const kind of aiKinds) {
      for (const { key } of await store.list(keys.ownAiRooms(id, kind))) {
        const [createdAt, room] = key.slice(-2) as [number, string];
        await eraseRoom(store, { id: room, kind: kind as AiKind, owner: id, createdAt }, left);
      }
    }
  },
});

/** What they played in others' scenes, the companion plays. */
const sceneWithout: Change<Scene> = ({ cast, ...scene }, _, { id }) =>
  cast?.some(({ player }) => player?.id === id)
    ? { ...scene, cast: cast.map(({ player, ...role }) => player?.id === id ? role : { ...role, player }) }
    : undefined;

/** The part of `families.ts` that AI rooms and what was learnt there have. */
export const aiRules: Record<string, Rule> = {
  own_ai_room: rooms,
  scene: among(sceneWithout),
  played_scene: under(),
  practice: withRoom,
  recollection: withRoom,
  interview_report: withRoom,
  off_record: withRoom,
  erased: withRoom, // a room's id, until the sweeper has been there
  card: under<CardRecord>(({ memory: _, ...card }) => card),
  due_card: under(),
  card_settings: under(mine),
  practised: under(mine),
};

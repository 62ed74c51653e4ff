import { type Report, withoutQuestions } from "../domain/practice.ts";
import { type AiKind, aiKinds } from "../domain/room.ts";
import { eraseRoom } from "./erase.ts";
import { among, type Change, type Rule, under } from "./family.ts";
import type { Scene } from "../domain/scene.ts";
import { type CardRecord, keys } from "./keys.ts";

const mine = <V>(value: V): V => value;
/** Goes, and is taken along, with the room. */
const withRoom: Rule = () => ({});

/** Another's questions are not the person's to take. */
const taken = (report: Report | null) => report?.asker === undefined ? report : withoutQuestions(report);

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
      const told = { scene, practice, remembered, report: { ...report, value: taken(report.value as Report | null) } };
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
  /** What somebody asked in a pair interview goes, or loses its asker, with them. */
  interview_report: among<Report>((report, _, { id, messages }) => {
    if (report.asker !== id) return undefined;
    return messages === "remove" ? withoutQuestions(report) : { ...report, asker: undefined };
  }),
  off_record: withRoom,
  erased: withRoom, // a room's id, until the sweeper has been there
  card: under<CardRecord>(({ memory: _, ...card }) => card),
  due_card: under(),
  card_settings: under(mine),
  practised: under(mine),
  level_check: under(mine),
};

import type { CardSettings } from "../domain/card.ts";
import type { LevelCheck } from "../domain/level_check.ts";
import type { Lang } from "../domain/person.ts";
import type { Practice, Report as InterviewReport } from "../domain/practice.ts";
import type { Recollection } from "../domain/recollection.ts";
import type { AiKind } from "../domain/room.ts";
import type { Scene } from "../domain/scene.ts";
import { key } from "./key.ts";
import type { Practised } from "./practised.ts";
import type { CardRecord } from "./records.ts";

/** The key table's part for AI rooms, and for what was learnt there. */
export const aiKeys = {
  /** Until the room is deleted, like all that follows of AI rooms. `ai_rooms.ts`. */
  scene: (room: string) => key<Scene>("scene", room),
  practice: (room: string) => key<Practice>("practice", room),
  /** The AI rooms of a person, ordered by age. `ai_rooms.ts`, with the room. */
  ownAiRoom: (user: string, kind: AiKind, createdAt: number, room: string) =>
    key<true>("own_ai_room", user, kind, createdAt, room),
  ownAiRooms: (user: string, kind: AiKind) => key<true>("own_ai_room", user, kind),
  /** Others' scenes in which a person plays a role, ordered by age. `casts.ts`, with the role. */
  playedScene: (user: string, createdAt: number, room: string) => key<true>("played_scene", user, createdAt, room),
  playedScenes: (user: string) => key<true>("played_scene", user),
  /** What is remembered of a room. `recollections.ts`. */
  recollection: (room: string) => key<Recollection>("recollection", room),
  /** An interview's end. `ai_rooms.ts`. */
  interviewReport: (room: string) => key<InterviewReport>("interview_report", room),
  /** While an off-the-record room is open: when it was made. `ai_rooms.ts`; the sweeper closes what was left. */
  offRecord: (room: string) => key<number>("off_record", room),
  offRecords: () => key<number>("off_record"),
  /** A room that is deleted: when. Until the sweeper has found nothing of it any more. `erase.ts`. */
  erased: (room: string) => key<number>("erased", room),
  allErased: () => key<number>("erased"),

  /** Until the person deletes it. `cards.ts`. */
  card: (user: string, id: string) => key<CardRecord>("card", user, id),
  cards: (user: string) => key<CardRecord>("card", user),
  /** Until the card is resolved, in the order in which cards are due; its language. `cards.ts`, with the card. */
  dueCard: (user: string, dueAt: number, id: string) => key<Lang>("due_card", user, dueAt, id),
  dueCards: (user: string) => key<Lang>("due_card", user),
  /** For ever. `cards.ts`. */
  cardSettings: (user: string) => key<CardSettings>("card_settings", user),
  /** For ever, for each language. `level_checks.ts`. */
  levelCheck: (user: string, language: Lang) => key<LevelCheck>("level_check", user, language),
  /** For ever, by quarters of an hour since 1970, which every time zone's days are made of. `practised.ts`. */
  practised: (user: string, quarter: number) => key<Practised>("practised", user, quarter),
  allPractised: (user: string) => key<Practised>("practised", user),
};

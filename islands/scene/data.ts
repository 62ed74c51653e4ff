import type { Author, Message } from "../../domain/message.ts";
import type { Lang } from "../../domain/person.ts";
import type { Practice } from "../../domain/practice.ts";
import type { Quota } from "../../domain/quota.ts";
import type { Recollection } from "../../domain/recollection.ts";
import type { Scene } from "../../domain/scene.ts";
import type { Words } from "../../domain/words/words.ts";
import type { ChatWords, Place } from "../chat/view.ts";
import type { EnglishWords } from "../harper/english.tsx";
import type { HarperFiles } from "../harper/harper.ts";

export type SceneWords = ChatWords & Pick<Words, "roleplay" | "practice"> & {
  cards: Pick<Words["cards"], "reason" | "sources">;
  level: Pick<Words["level"], "moved">;
};

/** What an AI room is about; one of the two. */
export type About = { scene?: Scene; practice?: Practice; memory: Recollection; quota?: Quota };

/** What the server tells the island of an AI room, and draws by itself first. */
export type SceneData = {
  lang: Lang;
  sprite: string;
  /** The time zone in which the server drew the page at `now`. */
  zone: string;
  now: number;
  me: Author;
  room: { epoch: string; head: number; items: Message[]; people: number; upTo: number };
  maxText: number;
  form: { clientId: string };
  place: Place;
  words: SceneWords;
  about: About;
  /** The room is the reader's own; else they only play in it. */
  own: boolean;
  /** Where its resource is in the API. */
  api: string;
  /** Of this site, as a link for others needs it. */
  origin: string;
  /** The message of mine that the field is to say anew: asked for by a link. */
  rerun?: number;
  /** There is a model, with a voice of its own, that may read this. Without one scripts and rules speak. */
  model: boolean;
  /** Where a conversation in English has no model to put it right: Harper, in this browser alone. */
  english?: { files: HarperFiles; words: EnglishWords };
  /** There is one, and the person keeps their talk from it. */
  kept: boolean;
};

/** The language that is practised. */
export const languageOf = ({ scene, practice }: About): Lang => (scene ?? practice)!.language;

import type { Mood } from "../../domain/mood.ts";

/** What is said when a goal of the scene is not yet met, is met, and, once before that, doubted. */
export type Beat = {
  /** Words that meet the goal. */
  heard: RegExp;
  /** The partner resists once: said the first time the words are heard. */
  doubt?: string;
  /** The goal is met. */
  yes: string;
  /** Leads towards it. */
  nudge: string;
};

/** How the partner of a gallery scene speaks without a model. A beat a goal, in the scene's order. */
export type Script = {
  /** The partner's name. */
  name: string;
  opening: string;
  beats: [Beat, Beat, Beat];
  /** Said in turn when nothing of the scene was heard and the nudge has been given. */
  aside: [string, string];
  /** Words after which the scene is lost, and the partner's last ones. */
  lost: { heard: RegExp; say: string };
  /** All goals are met. */
  end: string;
};

/** A scene as the readers of a language see it, and its script for those who practise that language. */
export type ScenarioText = {
  title: string;
  /** What is going on when the scene begins. */
  situation: string;
  /** Whom the reader plays. */
  mine: string;
  /** Whom the partner plays. */
  theirs: string;
  goals: [string, string, string];
  tags: [string, string];
  script: Script;
};

export const areas = ["town", "home", "people", "work"] as const;
export type Area = (typeof areas)[number];

type Traits = { area: Area; emoji: string; tint: Mood; level: "easy" | "normal" | "hard" };

/** Every scene of the gallery, in the order in which it is shown. */
export const scenarios = {
  cafe: { area: "town", emoji: "☕", tint: "joy", level: "easy" },
  refund: { area: "town", emoji: "🧾", tint: "thanks", level: "normal" },
  clinic: { area: "town", emoji: "🩺", tint: "anxious", level: "normal" },
  airport: { area: "town", emoji: "🧳", tint: "calm", level: "hard" },
  viewing: { area: "home", emoji: "🔑", tint: "joy", level: "normal" },
  repair: { area: "home", emoji: "🚿", tint: "sad", level: "normal" },
  moving: { area: "home", emoji: "📦", tint: "tired", level: "hard" },
  first: { area: "people", emoji: "🌱", tint: "flutter", level: "easy" },
  comfort: { area: "people", emoji: "🫂", tint: "sad", level: "normal" },
  apology: { area: "people", emoji: "💌", tint: "thanks", level: "normal" },
  refusal: { area: "people", emoji: "🍃", tint: "calm", level: "hard" },
  smalltalk: { area: "work", emoji: "🤝", tint: "flutter", level: "easy" },
  leave: { area: "work", emoji: "🌴", tint: "calm", level: "normal" },
  mistake: { area: "work", emoji: "📮", tint: "anxious", level: "hard" },
} as const satisfies Record<string, Traits>;

export type ScenarioId = keyof typeof scenarios;
export const scenarioIds = Object.keys(scenarios) as ScenarioId[];
export type ScenarioTexts = Record<ScenarioId, ScenarioText>;
/** The texts of one area in one language. */
export type AreaTexts<A extends Area> = {
  [Id in ScenarioId as (typeof scenarios)[Id]["area"] extends A ? Id : never]: ScenarioText;
};

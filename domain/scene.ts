import { z } from "zod";
import { cardSources } from "./card.ts";
import { castRole, MOST_ROLES, namesApart, veiledCast } from "./cast.ts";
import type { Apart } from "./veil.ts";
import { langs } from "./person.ts";
import { line, lines, needed } from "./written.ts";

/** How the partner speaks, and whether it resists: `hard` may. */
export const levels = ["easy", "normal", "hard"] as const;
export type Level = (typeof levels)[number];
export const MOST_GOALS = 3;

const goals = z.array(line(80)).max(MOST_GOALS).transform((all) => all.filter((one) => one !== ""));
const others = z.array(line(60)).max(MOST_ROLES - 2).transform((all) => all.filter((one) => one !== ""));
/** To find rooms again by. */
export const tags = z.array(line(20)).max(8).transform((all) => [...new Set(all.filter((one) => one !== ""))]);
const fields = {
  title: line(40),
  situation: needed(lines(600)),
  myRole: needed(line(60)),
  aiRole: needed(line(60)),
  level: z.enum(levels),
  goals,
  tags,
};

/** A role-play as somebody asks for it. Without a title the situation's beginning names it. */
export const sceneDraft = z.object({
  language: z.enum(langs),
  ...fields,
  title: fields.title.default(""),
  /** Absent: one's own. */
  level: fields.level.optional(),
  goals: goals.default([]),
  tags: tags.default([]),
  /** More roles, which people may play: who they are then is the scene's `cast`. */
  others: others.default([]),
  /** The gallery's scenario that it was made from: its script speaks where no model does. */
  scenario: z.string().regex(/^[a-z_]{1,40}$/).optional(),
  /** Nothing of it is remembered, found, corrected into cards or kept once it is closed. */
  offRecord: z.stringbool().or(z.boolean()).default(false),
});
export type SceneDraft = z.output<typeof sceneDraft>;
/** What is given changes, at the next turn. Another situation, role or goal leaves the script of the gallery. */
export const sceneChange = z.object(fields).partial();
export type SceneChange = z.output<typeof sceneChange>;

/** What became of a goal, and why: a sentence in the reader's language. */
export const goalState = z.object({ met: z.boolean(), reason: z.string() });
export const outcome = z.object({
  result: z.enum(["won", "lost"]),
  reason: z.string(),
  goals: z.array(goalState),
  /** Epoch milliseconds. */
  at: z.number(),
});
export type GoalState = z.infer<typeof goalState>;
export type Outcome = z.infer<typeof outcome>;

/** A mistake of before that shall come back here; `card` is its id. */
export const review = z.object({
  card: z.string(),
  said: z.string(),
  better: z.string(),
  why: z.string(),
  /** When it was made, epoch milliseconds, and where. */
  madeAt: z.number().optional(),
  from: z.enum(cardSources).optional(),
});
export type Review = z.infer<typeof review>;

/** A role-play as it is kept, under the id of its room. `state` is of the goals, in their order, as far as judged. */
export const scene = z.object({
  id: z.string(),
  language: z.enum(langs),
  title: z.string(),
  situation: z.string(),
  myRole: z.string(),
  aiRole: z.string(),
  level: z.enum(levels),
  goals: z.array(z.string()),
  tags: z.array(z.string()),
  scenario: z.string().optional(),
  offRecord: z.boolean(),
  state: z.array(goalState),
  outcome: outcome.optional(),
  review: z.array(review),
  /** How the scene before ended, when the level moved because of that. */
  moved: z.enum(["won", "lost"]).optional(),
  /** Of a scene for several: `cast.ts`. */
  cast: z.array(castRole).optional(),
  /** Something was said in a scene for several: nobody joins any more. */
  begun: z.boolean().optional(),
  createdAt: z.number(),
});
export type Scene = z.infer<typeof scene>;

/** The scene as one of its players sees it: what its owner has for themselves is not in it, nor whom they are apart from. */
export function sceneFor(scene: Scene, isOwn: boolean, apart: Apart): Scene {
  const seen = scene.cast && apart ? { ...scene, cast: veiledCast(scene.cast, apart) } : scene;
  return isOwn ? seen : { ...seen, tags: [], review: [], moved: undefined };
}

const PLOT = ["situation", "myRole", "aiRole", "goals"] as const;

/** The scene after a change, and the names of what is different. Other goals are judged anew. */
export function changedScene(scene: Scene, change: SceneChange): { scene: Scene; fields: string[] } {
  const given = Object.entries(change).filter(([name, value]) =>
    value !== undefined && JSON.stringify(value) !== JSON.stringify(scene[name as keyof Scene])
  );
  const fields = given.map(([name]) => name);
  const next = { ...scene, ...Object.fromEntries(given) };
  if (fields.includes("goals")) Object.assign(next, { state: [], outcome: undefined });
  if (fields.includes("level")) delete next.moved;
  if (next.cast) {
    const names = namesApart([next.myRole, next.aiRole, ...next.cast.slice(2).map(({ name }) => name)]);
    next.cast = next.cast.map((role, n) => ({ ...role, name: names[n] }));
  }
  if (PLOT.some((name) => fields.includes(name))) delete next.scenario;
  return { scene: next, fields };
}

/** What names it in lists. */
export const titleOf = ({ title, situation }: Pick<SceneDraft, "title" | "situation">): string =>
  title || [...situation.split("\n")[0]].slice(0, 40).join("");

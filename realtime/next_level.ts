import type { Model } from "../ai/model.ts";
import { levelAfter, resultOf, type Went } from "../domain/level.ts";
import type { Practice, PracticeDraft } from "../domain/practice.ts";
import { ownAiRooms } from "../kv/ai_rooms.ts";
import { keys } from "../kv/keys.ts";
import { ownLevel } from "../kv/level_checks.ts";
import type { Store } from "../kv/store.ts";
import { ownModel } from "./own_model.ts";

type Parts = { store: Store; model: Model; now: () => number };
type Next = Pick<Practice, "level" | "moved">;
/** How many practices are looked through for the last one of the same kind. */
const LOOKED_THROUGH = 20;

/** The level of a new practice: what was asked for, one's own, or that of the last of its kind, moved by how it went. */
export async function nextLevel(parts: Parts, who: string, draft: PracticeDraft): Promise<Next> {
  if (draft.level) return { level: draft.level };
  const [own, { items }] = await Promise.all([
    ownLevel(parts.store, who, draft.language),
    ownAiRooms(parts.store, "practice", who, { limit: LOOKED_THROUGH }),
  ]);
  const last = items.find(({ mode, language, offRecord, interview }) => {
    const isPair = interview?.questions.length === 0; // whose questions were another person's, of no level
    return !offRecord && !isPair && mode === draft.mode && language === draft.language;
  });
  if (!last || (own && own.at >= last.createdAt)) return { level: own?.level ?? "normal" };
  return await levelFrom(parts, who, last);
}

/** The level after this practice, and why it moved; where no model speaks all levels are the same, and it stays. */
export async function levelFrom(parts: Parts, who: string, before: Practice): Promise<Next> {
  const [{ name }, went] = await Promise.all([ownModel(parts, who, "practice", 1), wentOf(parts.store, before)]);
  const how = name && went ? resultOf(went) : undefined;
  const level = levelAfter(before.level, how);
  return how && level !== before.level ? { level, moved: { how, ...went! } } : { level };
}

/** Points given by rules say too little about a language. */
async function wentOf(store: Store, { id, mode, coached }: Practice): Promise<Went | undefined> {
  if (mode === "conversation") return coached;
  const report = (await store.get(keys.interviewReport(id))).value;
  return report && !report.byRules ? { right: report.score, of: 100 } : undefined;
}

import type { LevelCheck, OwnLevel } from "../domain/level_check.ts";
import type { Lang } from "../domain/person.ts";
import { Problem } from "../domain/problems.ts";
import { keys } from "./keys.ts";
import type { Store } from "./store.ts";

export async function levelCheckOf(store: Store, user: string, language: Lang): Promise<LevelCheck> {
  return (await store.get(keys.levelCheck(user, language))).value ?? { language, steps: [] };
}

/** The level that a person begins with in a language, when they know it. */
export async function ownLevel(store: Store, user: string, language: Lang): Promise<OwnLevel | undefined> {
  return (await store.get(keys.levelCheck(user, language))).value?.own;
}

/** `null` from `patch` changes nothing. */
export async function changeLevelCheck(
  store: Store,
  user: string,
  language: Lang,
  patch: (now: LevelCheck) => LevelCheck | null,
): Promise<LevelCheck> {
  for (let tries = 0; tries < 100; tries++) {
    const found = await store.get(keys.levelCheck(user, language));
    const before = found.value ?? { language, steps: [] };
    const next = patch(before);
    if (!next) return before;
    if (await store.commit((atomic) => atomic.check(found).set(found.key, next)) !== null) return next;
  }
  throw new Problem("busy", { wait: 1 });
}

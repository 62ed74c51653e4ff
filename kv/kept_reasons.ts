import type { Reason } from "../domain/matching/reasons.ts";
import type { Lang } from "../domain/person.ts";
import { keys } from "./keys.ts";
import type { Store } from "./store.ts";

/** What a model said, and the fingerprint of all that it had been shown. */
export type KeptReasons = { fingerprint: string; lang: Lang; reasons: Reason[]; expiresAt: number };

/** Still good when nothing of what was shown has changed. */
export async function recallReasons(
  store: Store,
  [user, other]: [string, string],
  { fingerprint, lang, now }: { fingerprint: string; lang: Lang; now: number },
): Promise<Reason[] | null> {
  const { value } = await store.get(keys.reasons(user, other));
  const good = value?.fingerprint === fingerprint && value.lang === lang && value.expiresAt > now;
  return good ? value.reasons : null;
}

export async function keepReasons(store: Store, [user, other]: [string, string], kept: KeptReasons): Promise<void> {
  await store.commit((atomic) => atomic.set(keys.reasons(user, other), kept));
}

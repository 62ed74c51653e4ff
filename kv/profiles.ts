import type { Signal } from "../domain/matching/portrait.ts";
import type { MatchProfile } from "../domain/profile.ts";
import { Problem } from "../domain/problems.ts";
import { keys, type User } from "./keys.ts";
import { dropPhoto } from "./photos.ts";
import type { Store } from "./store.ts";

const MOST_UNTRUE = 200;

export async function findMatchProfile(store: Store, user: string): Promise<MatchProfile | null> {
  return (await store.get(keys.matchProfile(user))).value;
}

/** Those who have one, with their account. */
export async function findPeople(
  store: Store,
  ids: string[],
): Promise<Map<string, { user: User; profile: MatchProfile }>> {
  const [users, profiles] = await Promise.all([
    store.getMany(ids.map(keys.user)),
    store.getMany(ids.map(keys.matchProfile)),
  ]);
  return new Map(ids.flatMap((id, i) => {
    const user = users[i].value, profile = profiles[i].value;
    return user && profile ? [[id, { user, profile }]] : [];
  }));
}

/** `change` sees what is there, null for nothing yet, and may be asked again. A photo that is replaced goes. */
export async function changeMatchProfile(
  store: Store,
  user: string,
  change: (before: MatchProfile | null) => MatchProfile,
): Promise<MatchProfile> {
  for (let tries = 0; tries < 20; tries++) {
    const found = await store.get(keys.matchProfile(user));
    const profile = change(found.value), before = found.value?.photo;
    const done = await store.commit((atomic) => {
      atomic.check({ ...found, key: keys.matchProfile(user) }).set(keys.matchProfile(user), profile);
      if (before && before !== profile.photo) dropPhoto(atomic, before);
    });
    if (done !== null) return profile;
  }
  throw new Problem("busy", { wait: 1 });
}

/** Whether others may see a person at all: whoever is not found by the index must not be found by their address. */
export const isSeen = (user: User, profile: MatchProfile): boolean =>
  user.emailVerifiedAt !== undefined && profile.visibility === "shown";

export async function untrueOf(store: Store, user: string): Promise<ReadonlySet<Signal>> {
  return new Set((await store.get(keys.untrue(user))).value);
}

/** Remembers that a signal is not true; the oldest of too many are forgotten. */
export async function addUntrue(store: Store, user: string, signal: Signal): Promise<void> {
  for (let tries = 0; tries < 20; tries++) {
    const found = await store.get(keys.untrue(user));
    const all = [...(found.value ?? []).filter((one) => one !== signal), signal].slice(-MOST_UNTRUE);
    const key = keys.untrue(user);
    if (await store.commit((atomic) => atomic.check({ ...found, key }).set(key, all)) !== null) return;
  }
  throw new Problem("busy", { wait: 1 });
}

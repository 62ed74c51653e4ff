import { limits } from "../domain/limits.ts";
import type { Lang } from "../domain/person.ts";
import { Problem } from "../domain/problems.ts";
import { keys, type LeavingRecord } from "./keys.ts";
import type { Store } from "./store.ts";
import { findUser } from "./users.ts";

/** Since when and until when somebody who wants to leave may change their mind. */
export async function leavingOf(store: Store, user: string): Promise<LeavingRecord | null> {
  return (await store.get(keys.leaving(user))).value;
}

/** Asked again, the days begin anew. Problems `last_admin`, `not_found`. */
export async function askToLeave(
  store: Store,
  user: string,
  messages: LeavingRecord["messages"],
  lang: Lang,
  now: number,
): Promise<LeavingRecord> {
  const [person, admins] = await Promise.all([findUser(store, user), store.get(keys.admins())]);
  if (!person) throw new Problem("not_found");
  if (admins.value?.length === 1 && admins.value[0] === user) throw new Problem("last_admin");
  const leaving: LeavingRecord = { at: now, dueAt: now + limits.leaving, messages, lang: person.lang ?? lang };
  const found = await store.get(keys.leaving(user));
  if (found.value?.goneAt !== undefined) throw new Problem("not_found");
  const done = await store.commit((atomic) =>
    atomic.check({ ...found, key: keys.leaving(user) }).set(keys.leaving(user), leaving)
  );
  if (done === null) throw new Problem("busy", { wait: 1 });
  return leaving;
}

/** They stay. Problem `not_found` when it is too late, or nobody wanted to leave. */
export async function stay(store: Store, user: string, now: number): Promise<void> {
  const found = await store.get(keys.leaving(user));
  if (!found.value || found.value.dueAt <= now) throw new Problem("not_found");
  const done = await store.commit((atomic) => atomic.check(found).delete(keys.leaving(user)));
  if (done === null) throw new Problem("not_found");
}

import { LRUCache } from "lru-cache";
import { limits } from "../domain/limits.ts";
import type { Who } from "../domain/person.ts";
import { touch } from "../kv/logins.ts";
import type { Parts } from "./context.ts";

/** Notes that a login is in use, once in a few minutes; a store that fails at it harms no request. */
export function openLastUse({ store, now }: Pick<Parts, "store" | "now">): (who: Who) => Promise<void> | void {
  const noted = new LRUCache<string, number>({ max: 50_000 });
  return (who) => {
    if ((noted.get(who.session) ?? -Infinity) > now() - limits.lastUse) return;
    noted.set(who.session, now());
    return touch(store, who, now()).catch(() => void noted.delete(who.session));
  };
}

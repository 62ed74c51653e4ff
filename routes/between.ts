import { type SharedFact, sharedFacts } from "../domain/matching/reasons.ts";
import { langs, type Who } from "../domain/person.ts";
import { otherOf, type Room } from "../domain/room.ts";
import { findPortraits } from "../kv/portraits.ts";
import { findPeople } from "../kv/profiles.ts";
import { standing } from "../realtime/reasons.ts";
import type { Parts } from "./context.ts";

/** What two people share, and a language that both speak or learn. */
export type Between = { facts: SharedFact[]; language?: string };

export async function between({ store, log }: Pick<Parts, "store" | "log">, room: Room, who: Who): Promise<Between> {
  const ids = [who.id, otherOf(room, who.id)];
  const [people, portraits] = await Promise.all([findPeople(store, ids), findPortraits(store, ids)]);
  const sides = ids.map((id, i) => {
    const profile = people.get(id)?.profile, record = portraits[i];
    return profile && record ? { profile, portrait: record.portrait, terms: record.terms } : null;
  });
  const [me, other] = sides;
  if (!me || !other) return { facts: [] };
  const spoken = [...me.profile.learns, ...me.profile.speaks].filter((one) => other.profile.speaks.includes(one));
  const facts = await standing(log, sharedFacts(me, other));
  return { facts, language: spoken.find((one) => langs.some((lang) => lang === one)) };
}

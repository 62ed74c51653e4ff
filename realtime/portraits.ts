import { embed } from "../ai/embed.ts";
import type { Model } from "../ai/model.ts";
import { limits } from "../domain/limits.ts";
import { portraitOf, truths, withMeaning } from "../domain/matching/portrait.ts";
import { type MatchProfile, readables } from "../domain/profile.ts";
import { Problem } from "../domain/problems.ts";
import { keys, type User } from "../kv/keys.ts";
import type { Log } from "../kv/log.ts";
import { findPortraits, type PortraitRecord, putPortrait } from "../kv/portraits.ts";
import { isSeen } from "../kv/profiles.ts";
import type { Rooms } from "../kv/rooms.ts";
import type { Store } from "../kv/store.ts";
import { writingsOf } from "./writings.ts";

/** What the engine knows of people: made of their profile and of the writing that they let be read, and of nothing else. */
export type Portraits = {
  /** Made anew, because something of it changed. Problem `no_profile`. */
  make(user: string): Promise<PortraitRecord>;
  /** Made anew when it is old, or is not what its owner allows any more. */
  fresh(user: User, profile: MatchProfile): Promise<PortraitRecord>;
};

export function openPortraits(
  parts: { store: Store; log: Log; rooms: Rooms; model: Model; now: () => number },
): Portraits {
  const { store, model, now } = parts;

  /** What it was made of must still stand when it is put: else a slower one would bring back what was taken away. */
  async function make(id: string): Promise<PortraitRecord> {
    for (let tries = 0; tries < 20; tries++) {
      const basis = await Promise.all([
        store.get(keys.matchProfile(id)),
        store.get(keys.untrue(id)),
        store.get(keys.user(id)),
      ]);
      const [{ value: profile }, { value: untrue }, { value: user }] = basis;
      if (!profile || !user) throw new Problem("no_profile");
      const read = readables.filter((surface) => profile.reads[surface]);
      const facts = { profile, untrue: new Set(untrue), writings: await writingsOf(parts, id, read) };
      const { portrait, terms } = portraitOf({ id, ...facts });
      const true_ = truths(facts);
      const words = [...true_.interests, ...true_.prompts.map(([, text]) => text)];
      const meaning = await embed(model, [...words, ...true_.writings.map(({ text }) => text)]);
      const put = await putPortrait(store, basis, {
        portrait: meaning ? withMeaning(portrait, meaning.by, meaning.numbers) : portrait,
        terms,
        read,
        seen: isSeen(user, profile),
        madeAt: now(),
      });
      if (put) return put;
    }
    throw new Problem("busy", { wait: 1 });
  }

  async function fresh(user: User, profile: MatchProfile): Promise<PortraitRecord> {
    const [known] = await findPortraits(store, [user.id]);
    const allowed = known?.read.join() === readables.filter((surface) => profile.reads[surface]).join();
    const good = known && allowed && known.seen === isSeen(user, profile) &&
      now() - known.madeAt < limits.match.portrait;
    return good ? known : await make(user.id);
  }

  return { make, fresh };
}

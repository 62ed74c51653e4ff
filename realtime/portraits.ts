import { embed } from "../ai/embed.ts";
import type { Model } from "../ai/model.ts";
import { type Consent, firstConsent, surfaceOf } from "../domain/consent.ts";
import { limits } from "../domain/limits.ts";
import { portraitOf, truths, withMeaning, type Writing } from "../domain/matching/portrait.ts";
import { type MatchProfile, type Readable, readables } from "../domain/profile.ts";
import { Problem } from "../domain/problems.ts";
import { consentOf, noteSent } from "../kv/consents.ts";
import { keys, type User } from "../kv/keys.ts";
import type { Log } from "../kv/log.ts";
import { findPortraits, type PortraitRecord, putPortrait } from "../kv/portraits.ts";
import { findMatchProfile, isSeen } from "../kv/profiles.ts";
import type { Rooms } from "../kv/rooms.ts";
import type { Store } from "../kv/store.ts";
import { writingsOf } from "./writings.ts";

/** What the engine knows of people: made of their profile and of the writing that they let be read, and of nothing else. */
export type Portraits = {
  /** Made anew, because something of it changed. Problem `no_profile`. */
  make(user: string): Promise<PortraitRecord>;
  /** Made anew when it is not what its owner allows any more. */
  allowed(user: User, profile: MatchProfile): Promise<PortraitRecord>;
  /** The same, and when it is old. */
  fresh(user: User, profile: MatchProfile): Promise<PortraitRecord>;
  /** Made anew for who has a profile: what a model may read of them has changed. */
  reconsider(user: string): Promise<void>;
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
        store.get(keys.consent(id)),
      ]);
      const [{ value: profile }, { value: untrue }, { value: user }, { value: chosen }] = basis;
      if (!profile || !user) throw new Problem("no_profile");
      const consent = { ...firstConsent, ...chosen }, read = readIn(profile, consent);
      const facts = { profile, untrue: new Set(untrue), writings: await writingsOf(parts, id, read) };
      const { portrait, terms } = portraitOf({ id, ...facts });
      const true_ = truths(facts);
      const words = [...true_.interests, ...true_.prompts.map(([, text]) => text)];
      const meaning = consent.matching ? await meaningOf(id, words, true_.writings) : null;
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

  async function meaningOf(id: string, words: string[], writings: Writing[]) {
    if (!model.embedding) return null;
    await noteSent(store, now(), { task: "matching", surface: "matching" }, words.map(() => id));
    for (const [surface, some] of Map.groupBy(writings, surfaceOf)) {
      await noteSent(store, now(), { task: "matching", surface }, some.map(() => id));
    }
    return await embed(model, [...words, ...writings.map(({ text }) => text)]);
  }

  async function allowed(user: User, profile: MatchProfile): Promise<PortraitRecord> {
    const [[known], consent] = await Promise.all([findPortraits(store, [user.id]), consentOf(store, user.id)]);
    const good = known?.read.join() === readIn(profile, consent).join() && known.seen === isSeen(user, profile) &&
      (consent.matching || !known.portrait.meaning);
    return good ? known : await make(user.id);
  }

  async function fresh(user: User, profile: MatchProfile): Promise<PortraitRecord> {
    const known = await allowed(user, profile);
    return now() - known.madeAt < limits.match.portrait ? known : await make(user.id);
  }

  async function reconsider(user: string): Promise<void> {
    if (await findMatchProfile(store, user)) await make(user);
  }

  return { make, allowed, fresh, reconsider };
}

/** What is read must be let for matching, and for a model at all. */
const readIn = ({ reads }: MatchProfile, consent: Consent): Readable[] =>
  readables.filter((surface) => reads[surface] && consent[surface]);

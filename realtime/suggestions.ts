import type { Model } from "../ai/model.ts";
import { emptiedBy, type FilterName, sharedIntentions, unfit } from "../domain/matching/filters.ts";
import type { Reason, Side } from "../domain/matching/reasons.ts";
import { rank } from "../domain/matching/score.ts";
import type { LogLine } from "../domain/logger.ts";
import { sanctioned } from "../domain/order.ts";
import type { Lang } from "../domain/person.ts";
import { Problem } from "../domain/problems.ts";
import { ageOf, type Intention, type MatchProfile } from "../domain/profile.ts";
import type { User } from "../kv/keys.ts";
import type { Log } from "../kv/log.ts";
import { likersOf, metBy } from "../kv/matches.ts";
import { candidatesFor, findPortraits, type PortraitRecord, sampleFor } from "../kv/portraits.ts";
import { findMatchProfile, findPeople, isSeen } from "../kv/profiles.ts";
import type { Store } from "../kv/store.ts";
import { findUser } from "../kv/users.ts";
import type { Order } from "./order.ts";
import type { Portraits } from "./portraits.ts";
import { openReasons } from "./reasons.ts";

/** Whether two people must not come across each other (`kv/blocks.ts`). */
export type Apart = (one: string, other: string) => boolean;

/** A person as others see them: no birth year, no address, nothing that they wrote elsewhere. */
export type Card = Pick<MatchProfile, "speaks" | "learns" | "interests" | "prompts" | "region" | "photo"> & {
  id: string;
  nickname: string;
  age: number;
  intentions: Intention[];
};
export type Suggestion = { person: Card; reasons: Reason[] };
/** What left nobody: a condition, everybody met, or nobody there; `without` counts who would appear without it. */
export type Emptied = { filter: FilterName | "met" | "nobody" | "paused"; without: number };
export type Suggestions = { items: Suggestion[]; emptied?: Emptied };

export type Suggest = {
  /** The best for this person now. The same state gives the same order. Problems `no_profile`, `unverified`. */
  forPerson(user: string, asked: { limit: number; lang: Lang }): Promise<Suggestions>;
  /** Whether one may see another's picture: by a suggestion they could get. */
  maySee(viewer: string, other: string): Promise<boolean>;
};

type Person = { user: User; profile: MatchProfile };
const AT_ONCE = 10;

export function openSuggestions(parts: {
  store: Store;
  log: Log;
  model: Model;
  order: Order;
  portraits: Portraits;
  areApart: Apart;
  now: () => number;
  scale: number;
  line: LogLine;
}): Suggest {
  const { store, order, portraits, areApart, now } = parts;
  const reasonsFor = openReasons(parts);

  async function forPerson(id: string, { limit, lang }: { limit: number; lang: Lang }): Promise<Suggestions> {
    const me = await person(id);
    if (me.user.emailVerifiedAt === undefined) throw new Problem("unverified");
    if (me.profile.visibility === "paused") return { items: [], emptied: { filter: "paused", without: 0 } };
    const mine = await portraits.fresh(me.user, me.profile);
    const chosen = await choose(me, mine, limit);
    if (!chosen.length) return { items: [], emptied: await why(mine) };
    return { items: await Promise.all(chosen.map((one) => present({ ...me, record: mine }, one, lang))) };
  }

  /** The index proposes; the records, as they are now, decide. */
  async function choose(me: Person, { portrait }: PortraitRecord, limit: number): Promise<Person[]> {
    const [near, likers] = await Promise.all([candidatesFor(store, portrait), likersOf(store, me.user.id)]);
    const known = new Set(near.map(({ id }) => id));
    const others = await findPortraits(store, likers.filter((id) => !known.has(id)));
    const all = [...near, ...others.flatMap((one) => one?.portrait ?? [])];
    const ranked = rank(portrait, all.filter((one) => !unfit(portrait, one, now()).length), now());
    const greeted = new Set(likers), chosen: Person[] = [];
    for (let i = 0; i < ranked.length && chosen.length < limit; i += AT_ONCE) {
      const ids = ranked.slice(i, i + AT_ONCE).map(({ portrait }) => portrait.id);
      const [met, people] = await Promise.all([metBy(store, me.user.id, ids, now()), findPeople(store, ids)]);
      const may = await Promise.all(ids.map(async (id) => {
        const one = people.get(id);
        return one && !met.has(id) && await isFor(me, one, greeted.has(id)) ? one : null;
      }));
      chosen.push(...may.filter((one) => one !== null));
    }
    return chosen.slice(0, limit);
  }

  async function isFor(me: Person, { user, profile }: Person, hasGreeted: boolean): Promise<boolean> {
    if (!isSeen(user, profile) && !(hasGreeted && profile.visibility === "hidden")) return false;
    if (unfit(me.profile, profile, now()).length) return false;
    const { sanctions } = await order.facts(user.id);
    if (sanctioned(sanctions.filter(({ kind }) => kind === "ban"), null, now())) return false;
    return !areApart(me.user.id, user.id);
  }

  async function why({ portrait }: PortraitRecord): Promise<Emptied> {
    const sample = (await sampleFor(store, portrait)).filter(({ id }) => !areApart(portrait.id, id));
    if (!sample.length) return { filter: "nobody", without: 0 };
    return emptiedBy(portrait, sample, now()) ?? { filter: "met", without: 0 };
  }

  async function present(me: Person & { record: PortraitRecord }, other: Person, lang: Lang): Promise<Suggestion> {
    const record = await portraits.allowed(other.user, other.profile);
    const mine: Side = { profile: me.profile, ...me.record };
    const theirs: Side = { profile: other.profile, ...record };
    const reasons = await reasonsFor([mine, theirs], lang);
    return { person: cardOf(me.profile, other), reasons };
  }

  function cardOf(mine: MatchProfile, { user, profile }: Person): Card {
    const { speaks, learns, interests, prompts, region, photo, birthYear } = profile;
    return {
      id: user.id,
      nickname: user.nickname,
      age: ageOf(birthYear, now()),
      intentions: sharedIntentions(mine, profile),
      speaks,
      learns,
      interests,
      prompts,
      region,
      photo,
    };
  }

  async function person(id: string): Promise<Person> {
    const [user, profile] = await Promise.all([findUser(store, id), findMatchProfile(store, id)]);
    if (!user || !profile) throw new Problem("no_profile");
    return { user, profile };
  }

  async function maySee(viewer: string, other: string): Promise<boolean> {
    const people = await findPeople(store, [viewer, other]);
    const me = people.get(viewer), them = people.get(other);
    if (!me || !them || me.user.emailVerifiedAt === undefined) return false;
    return await isFor(me, them, (await likersOf(store, viewer)).includes(other));
  }

  return { forPerson, maySee };
}

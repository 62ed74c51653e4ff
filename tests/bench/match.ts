import { spreadOf, standsIn } from "../../domain/matching/buckets.ts";
import { unfit } from "../../domain/matching/filters.ts";
import { portraitOf } from "../../domain/matching/portrait.ts";
import { PLAZA } from "../../domain/room.ts";
import { keys } from "../../kv/keys.ts";
import { openStore, type Store } from "../../kv/store.ts";
import { kvFile } from "../processes.ts";
import { openRig } from "../rig.ts";
import { likes, type Made, makePeople, seeded } from "./match_people.ts";
import { median, type Row, whole } from "./rig.ts";

const FEW = 5_000;
const MANY = 50_000;
const ASKED = 300;
const SHOWN = 10;
const SEED = 20261126;

type Asked = { took: number[]; precision: number; random: number; steady: boolean; filling: number };

/** (g) Does matching find those whom people would like, and does it stay fast when there are ten times as many? */
export async function match(): Promise<Row[]> {
  const many = makePeople(MANY, SEED), few = makePeople(FEW, SEED);
  const [small, large] = [await measure(few, true), await measure(many, true)];
  const profiles = await measure(few, false);
  const p99 = (took: number[]) => took.toSorted((a, b) => a - b)[Math.floor(took.length * 0.99)];
  const times = (took: number[]) => `median ${median(took).toFixed(1)} ms, p99 ${p99(took).toFixed(1)} ms`;
  const grown = median(large.took) / median(small.took), slow = p99(large.took);
  return [
    row(`suggestions for one among ${whole(MANY)}`, times(large.took), "p99 < 100 ms", slow < 100),
    row(`${whole(MANY)} / ${whole(FEW)} people`, `${grown.toFixed(2)}× (${times(small.took)})`, "≤ 2×", grown <= 2),
    row(
      "the same question again",
      large.steady ? "the same people in the same order" : "others",
      "the same",
      large.steady,
    ),
    row(`those who are liked among the first ${SHOWN}`, percent(large.precision)),
    row(
      "… against people by chance who fit the conditions",
      against(large.precision, large.random),
      "≥ 5×",
      large.precision >= 5 * large.random,
    ),
    row(
      `… against what profiles alone give, among ${whole(FEW)}`,
      against(small.precision, profiles.precision),
      "≥ 1.5×",
      small.precision >= 1.5 * profiles.precision,
    ),
    row(`putting ${whole(MANY)} people into the index`, `${large.filling.toFixed(0)} s`),
  ];
}

/** `reads`: whether their writing may be read; without it there are profiles alone. */
async function measure(people: Made[], reads: boolean): Promise<Asked> {
  await using file = await kvFile();
  const store = await openStore(file.path);
  const now = Date.now(), started = performance.now();
  await fill(store, people, reads, now);
  const filling = (performance.now() - started) / 1000;
  const rig = await openRig({ store, now: () => now });
  try {
    const { suggest } = rig.parts.matching, random = seeded(SEED + 1);
    const byId = new Map(people.map((one) => [one.id, one])), took: number[] = [];
    let shown = 0, liked = 0, chance = 0, fit = 0, steady = true;
    for (let i = -20; i < ASKED; i++) {
      const me = people[Math.floor(random() * people.length)];
      const asked = performance.now();
      const { items } = await suggest.forPerson(me.id, { limit: SHOWN, lang: "ko" });
      if (i < 0) continue;
      took.push(performance.now() - asked);
      shown += SHOWN;
      liked += items.filter(({ person }) => likes(me, byId.get(person.id)!)).length;
      const others = Array.from({ length: 300 }, () => people[Math.floor(random() * people.length)])
        .filter((one) => one !== me && !unfit(me.profile, one.profile, now).length);
      fit += others.length;
      chance += others.filter((one) => likes(me, one)).length;
      if (i % 10) continue;
      const again = await suggest.forPerson(me.id, { limit: SHOWN, lang: "ko" });
      steady &&= JSON.stringify(again.items) === JSON.stringify(items);
    }
    return { took, precision: liked / shown, random: chance / fit, steady, filling };
  } finally {
    await rig[Symbol.asyncDispose]();
    store.close();
  }
}

/** As `putPortrait` would leave it, thirty people an atomic. */
async function fill(store: Store, people: Made[], reads: boolean, now: number): Promise<void> {
  for (let from = 0; from < people.length; from += 30) {
    await store.commit((atomic) => {
      for (const { id, profile: made, said } of people.slice(from, from + 30)) {
        const profile = { ...made, reads: { plaza: reads, live: false } };
        const writings = reads ? said.map((text, i) => ({ room: PLAZA, seq: i + 1, at: i, text })) : [];
        const { portrait, terms } = portraitOf({ id, profile, writings, untrue: new Set() });
        const user = {
          id,
          username: id,
          nickname: id,
          role: "user" as const,
          passwordHash: "",
          createdAt: 0,
          emailVerifiedAt: 1,
        };
        const stands = standsIn(portrait), read = reads ? ["plaza" as const] : [];
        atomic.set(keys.user(id), user).set(keys.matchProfile(id), profile);
        atomic.set(keys.portrait(id), { portrait, terms: terms.slice(0, 40), read, seen: true, stands, madeAt: now });
        for (const bucket of stands) atomic.set(keys.candidate(bucket, spreadOf(id), id), portrait);
      }
    });
  }
}

const row = (what: string, result: string, bar?: string, met?: boolean): Row => ({ part: "g", what, result, bar, met });
const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
const against = (share: number, other: number): string => `${(share / other).toFixed(1)}× (${percent(other)})`;

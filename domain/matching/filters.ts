import { ADULT, ageOf, type Intention, intentions, type Tongue, tongues } from "../profile.ts";
import type { Portrait } from "./portrait.ts";

type Conditions = Pick<Portrait, "birthYear" | "intentions" | "speaks" | "learns" | "wants" | "ages">;

/** Conditions that bind both ways, in the order in which they are asked. */
export const filterNames = ["intention", "languages", "ages"] as const;
export type FilterName = (typeof filterNames)[number];

const filters: Record<FilterName, (a: Conditions, b: Conditions, now: number) => boolean> = {
  intention: (a, b) => a.intentions.some((one) => b.intentions.includes(one)),
  languages: (a, b) => sharedIntentions(a, b).length > 0 && suits(a, b) && suits(b, a),
  ages: (a, b, now) => accepts(a, b, now) && accepts(b, a, now),
};

/** Which conditions keep these two apart; none: they may be shown to each other. */
export const unfit = (a: Conditions, b: Conditions, now: number): FilterName[] =>
  filterNames.filter((name) => !filters[name](a, b, now));

/** What both look for and can do together: friends need a common language, partners what the other learns. */
export function sharedIntentions(a: Conditions, b: Conditions): Intention[] {
  const common = a.speaks.some((one) => b.speaks.includes(one));
  const exchange = meets(a.speaks, b.learns) && meets(b.speaks, a.learns);
  return a.intentions.filter((one) => b.intentions.includes(one) && (one === "language" ? exchange : common));
}

const meets = (some: Tongue[], others: Tongue[]): boolean => some.some((one) => others.includes(one));
const suits = ({ wants }: Conditions, { speaks }: Conditions): boolean => !wants.length || meets(wants, speaks);

function accepts({ ages }: Conditions, { birthYear }: Conditions, now: number): boolean {
  const age = ageOf(birthYear, now);
  return age >= ages.from && age <= ages.to;
}

/** Me, if I did not insist on one of them. */
const wider: Record<FilterName, (me: Conditions) => Conditions> = {
  intention: (me) => ({ ...me, intentions: [...intentions] }),
  languages: (me) => ({ ...me, speaks: [...tongues], learns: [...tongues], wants: [] }),
  ages: (me) => ({ ...me, ages: { from: ADULT, to: 120 } }),
};

/**
 * The condition whose widening would show the most people, and how many; when none alone would, the one after which
 * nobody was left. `null` when somebody fits.
 */
export function emptiedBy(
  me: Conditions,
  people: Conditions[],
  now: number,
): { filter: FilterName; without: number } | null {
  const fits = (one: Conditions) => people.filter((person) => !unfit(one, person, now).length).length;
  if (fits(me)) return null;
  const [best] = filterNames.map((filter) => ({ filter, without: fits(wider[filter](me)) }))
    .sort((a, b) => b.without - a.without);
  if (best.without) return best;
  let left = people;
  for (const filter of filterNames) {
    left = left.filter((person) => filters[filter](me, person, now));
    if (!left.length) return { filter, without: 0 };
  }
  return null;
}

import { ageOf, type Intention, type Tongue } from "../profile.ts";
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

/** How many people each condition alone keeps away, and the one that does so most: what to change to see somebody. */
export function emptiedBy(me: Conditions, people: Conditions[], now: number): { filter: FilterName; without: number } | null {
  const alone = new Map<FilterName, number>();
  let last: FilterName | undefined;
  for (const person of people) {
    const against = unfit(me, person, now);
    // Without a common intention nothing is said of languages: they are asked about together.
    const asked = against.includes("intention") ? against.filter((name) => name !== "languages") : against;
    if (asked.length === 1) alone.set(asked[0], (alone.get(asked[0]) ?? 0) + 1);
    last ??= asked[0];
  }
  const [most] = [...alone].sort(([a, n], [b, m]) => m - n || filterNames.indexOf(a) - filterNames.indexOf(b));
  if (most) return { filter: most[0], without: most[1] };
  return last ? { filter: last, without: 0 } : null;
}

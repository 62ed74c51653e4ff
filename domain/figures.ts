/** How the numbers of several isolates, and of several moments, become one. */
type Way = "add" | "most";

/** What is counted. Only numbers: nothing of a person. */
export const figures = {
  messages: { isolates: "add", time: "add" },
  /** Each isolate counts the people of all of them, so the largest is the number. */
  people: { isolates: "most", time: "most" },
  sockets: { isolates: "add", time: "most" },
  /** HTTP requests, and those among them that were answered with 5xx. */
  requests: { isolates: "add", time: "add" },
  broken: { isolates: "add", time: "add" },
  /** Lines of the log that say `error`. */
  errors: { isolates: "add", time: "add" },
  asked: { isolates: "add", time: "add" },
  failed: { isolates: "add", time: "add" },
  inputTokens: { isolates: "add", time: "add" },
  outputTokens: { isolates: "add", time: "add" },
} satisfies Record<string, { isolates: Way; time: Way }>;
export type FigureName = keyof typeof figures;
export const figureNames = Object.keys(figures) as FigureName[];

export type Point = Record<FigureName, number>;
/** The figures of the five minutes from `at` (epoch milliseconds) on. */
export type Slot = { at: number; point: Point };

/** Five minutes divide every zone's offset from UTC, so days of any zone can be made of them. */
export const SLOT = 5 * 60_000;
export const HOUR = 3_600_000;
export const SLOTS = HOUR / SLOT;

export const noPoint = (): Point => Object.fromEntries(figureNames.map((name) => [name, 0])) as Point;

export function join(into: Point, other: Partial<Point>, by: keyof (typeof figures)[FigureName]): void {
  for (const name of figureNames) {
    const n = other[name] ?? 0;
    into[name] = figures[name][by] === "add" ? into[name] + n : Math.max(into[name], n);
  }
}

/** One point for each span between two neighbours of `edges`, which ascend. */
export function seriesOf(slots: Slot[], edges: number[]): Point[] {
  const points = edges.slice(1).map(noPoint);
  for (const { at, point } of slots) {
    const i = edges.findLastIndex((edge) => edge <= at);
    if (points[i]) join(points[i], point, "time");
  }
  return points;
}

/**
 * US dollars for a million tokens of gpt-4o-mini, the model that OPENAI_MODEL names unless told otherwise.
 * https://developers.openai.com/api/docs/pricing. With another model, put its prices here.
 */
export const prices = { input: 0.15, output: 0.6 } as const;

/** What the tokens cost by `prices`, in US dollars: an estimate, the bill is the server's. */
export const costOf = ({ inputTokens, outputTokens }: Pick<Point, "inputTokens" | "outputTokens">): number =>
  (inputTokens * prices.input + outputTokens * prices.output) / 1_000_000;

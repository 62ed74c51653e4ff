/** One structured line. Never a name, an address or a text of a person: ids, counts, codes and times only. */
export type LogLine = (
  level: "debug" | "info" | "warn" | "error",
  event: string,
  fields?: Record<string, string | number | boolean | undefined>,
) => void;

/** What a line may tell of a fault that nobody expected: its kind and its place. Messages may quote people. */
export function faultOf(error: unknown): { error: string; at: string } {
  if (!(error instanceof Error)) return { error: typeof error, at: "" };
  const places = (error.stack ?? "").split("\n").filter((row) => /^\s+at /.test(row)).slice(0, 6);
  return { error: error.name, at: places.map((row) => row.trim().slice(3)).join(" < ") };
}

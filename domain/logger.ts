/** One structured line. Never a name, an address or a text of a person: ids, counts, codes and times only. */
export type LogLine = (
  level: "debug" | "info" | "warn" | "error",
  event: string,
  fields?: Record<string, string | number | boolean | undefined>,
) => void;

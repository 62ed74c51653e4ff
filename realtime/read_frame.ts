/** What a text says, or undefined when it is no JSON. */
export function parse(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
}

/** Which message a broken frame meant, so that its sender can mark it as failed. */
export function clientIdIn(data: string): string | undefined {
  const id = (parse(data) as { clientId?: unknown } | null | undefined)?.clientId;
  return typeof id === "string" && id.length <= 64 ? id : undefined;
}

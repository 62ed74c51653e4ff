import type { WindowName } from "../domain/limits.ts";
import { giveBack, take } from "../kv/windows.ts";
import type { Parts } from "./context.ts";

export type Windows = [name: WindowName, who: string][];

/** Does the work within windows. Takes first and gives back what does not count: many tries at once cannot slip through. */
export async function counted<T>(
  { env, store, now }: Pick<Parts, "env" | "store" | "now">,
  windows: Windows,
  counts: (error: unknown) => boolean,
  work: () => Promise<T>,
): Promise<T> {
  const scale = env.rateLimitScale;
  const taken: Windows = [];
  let error: unknown = null;
  try {
    for (const [name, who] of windows) {
      await take(store, name, who, now(), scale);
      taken.push([name, who]);
    }
    return await work();
  } catch (thrown) {
    error = thrown;
    throw thrown;
  } finally {
    if (!counts(error)) { for (const [name, who] of taken) await giveBack(store, name, who, now(), scale); }
  }
}

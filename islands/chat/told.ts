import { fill } from "../../domain/words/fill.ts";
import { whyIn } from "../../domain/words/why.ts";
import type { ServerFrame } from "../../domain/wire.ts";
import type { ChatWords } from "./view.ts";

/** What keepers did that concerns the reader, in a sentence; `undefined` for what is nothing to them. */
export function toldOf(
  { what, why = "" }: Extract<ServerFrame, { type: "person" }>,
  { order }: Pick<ChatWords, "order">,
): string | undefined {
  const told: Record<string, string> = order.told;
  return told[what] && fill(told[what], { why: whyIn(why, order) });
}

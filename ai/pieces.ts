import { limits } from "../domain/limits.ts";
import { Problem } from "../domain/problems.ts";

/** Nothing that cannot be seen or turns the reading order about, and never more than fits: that is no whole answer. */
export async function* safely(pieces: AsyncGenerator<string>): AsyncGenerator<string> {
  let length = 0, half = "";
  for await (const piece of pieces) {
    const joined = half + piece.replace(unseen, "");
    half = /[\ud800-\udbff]$/.exec(joined)?.[0] ?? "";
    const text = joined.slice(0, joined.length - half.length).toWellFormed();
    length += text.length;
    if (length > limits.companion.text) throw new Problem("companion_resting");
    if (text) yield text;
  }
}
// deno-lint-ignore no-control-regex
const unseen = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;

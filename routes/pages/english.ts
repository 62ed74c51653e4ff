import type { EnglishWords } from "../../islands/harper/english.tsx";
import type { HarperFiles } from "../../islands/harper/harper.ts";
import type { Words } from "../../domain/words/words.ts";
import type { Parts } from "../context.ts";

/** What Harper needs in the browser: where its files are, and its words. */
export function englishData({ url }: Parts["assets"], { kinds, said, better, english }: Words["cards"]): {
  files: HarperFiles;
  words: EnglishWords;
} {
  const files = { worker: url("harper.worker.js"), wasm: url("harper.wasm") };
  return { files, words: { kinds, said, better, ...english } };
}

import assert from "node:assert/strict";
import type { Found } from "../islands/harper/harper.worker.ts";
import { notesOf } from "../islands/harper/notes.ts";

/** As Harper says it: places in characters. */
function lint(text: string, problem: string, better: string | undefined, kind = "Grammar"): Found {
  const start = [...text.slice(0, text.indexOf(problem))].length;
  return { start, end: start + [...problem].length, kind, message: `About ${problem}`, better };
}

Deno.test("each sentence with what is better for it; those that are right say nothing", () => {
  const text = "👋🏽 I am agree. It is fine! He go to teh school.";
  const found = [lint(text, "teh", "the", "Spelling"), lint(text, "am agree", "agree"), lint(text, "go", "goes")];
  assert.deepEqual(notesOf(text, found, "strict"), [
    { said: "👋🏽 I am agree.", better: "👋🏽 I agree.", kind: "grammar", about: "About am agree" },
    { said: "He go to teh school.", better: "He goes to the school.", kind: "grammar", about: "About go" },
  ]);
  assert.deepEqual(notesOf(text, [], "strict"), []);
});

Deno.test("overlapping advice is taken once; advice without words, and on other scripts, not at all", () => {
  const text = "He go to 학교 now.";
  const found = [lint(text, "He go", "He goes"), lint(text, "go", "went"), lint(text, "now", undefined)];
  assert.deepEqual(notesOf(text, found, "strict").map(({ better }) => better), ["He goes to 학교 now."]);
  assert.deepEqual(notesOf(text, [lint(text, "학교", "school", "Spelling")], "strict"), []);
});

Deno.test("light leaves style alone and names two, strict five", () => {
  const text = Array.from({ length: 7 }, (_, n) => `He go ${n}.`).join(" ");
  const found = Array.from({ length: 7 }, (_, n) => lint(text, `go ${n}`, `goes ${n}`));
  assert.deepEqual([notesOf(text, found, "light").length, notesOf(text, found, "strict").length], [2, 5]);
  const style = [lint(text, "go 0", "walks 0", "Style")];
  assert.deepEqual([notesOf(text, style, "light").length, notesOf(text, style, "strict").length], [0, 1]);
});

import { createBinaryModuleFromUrl, LocalLinter } from "harper.js";

/** Harper in a thread of its own. The first message is the address of its WebAssembly, every other one a text. */
export type Found = { start: number; end: number; kind: string; message: string; better?: string };
export type Heard = { ready: true } | { failed: true } | { id: number; found: Found[] };
type Asked = { wasm: string } | { id: number; text: string };

let linter: LocalLinter | undefined;

addEventListener("message", async ({ data }: MessageEvent<Asked>) => {
  try {
    if ("wasm" in data) {
      linter = new LocalLinter({ binary: createBinaryModuleFromUrl(data.wasm, "slim") });
      await linter.setup();
      return say({ ready: true });
    }
    say({ id: data.id, found: await look(data.text) });
  } catch {
    say({ failed: true });
  }
});

/** Places are counted in characters, not in UTF-16 units. */
async function look(text: string): Promise<Found[]> {
  const lints = await linter!.lint(text, { language: "plaintext" });
  return lints.map((lint) => {
    const { start, end } = lint.span();
    const [first] = lint.suggestions();
    const better = first && after(first.kind(), lint.get_problem_text(), first.get_replacement_text());
    return { start, end, kind: lint.lint_kind(), message: lint.message(), better };
  });
}
const after = (kind: number, problem: string, text: string): string => [text, "", problem + text][kind];
const say = (heard: Heard): void => postMessage(heard);

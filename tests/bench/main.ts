import { ai } from "./ai.ts";
import { append } from "./append.ts";
import { fanout } from "./fanout.ts";
import { idle } from "./idle.ts";
import { match } from "./match.ts";
import { pages } from "./pages.ts";
import type { Row } from "./rig.ts";
import { start } from "./start.ts";

const parts: Record<string, () => Promise<Row[]>> = {
  a: fanout,
  b: append,
  c: pages,
  d: idle,
  e: start,
  f: ai,
  g: match,
};

const asked = Deno.args.filter((name) => name in parts);
const began = performance.now();
const rows: Row[] = [];
for (const name of asked.length ? asked : Object.keys(parts)) {
  console.error(`(${name}) …`);
  try {
    rows.push(...await parts[name]());
  } catch (error) {
    rows.push({ part: name, what: "did not run", result: String(error).split("\n")[0], bar: "to run", met: false });
  }
}
const table = [
  "| | what | result | bar | |",
  "|---|---|---|---|---|",
  ...rows.map(({ part, what, result, bar, met }) =>
    `| ${part} | ${what} | ${result} | ${bar ?? ""} | ${met === undefined ? "" : met ? "met" : "**missed**"} |`
  ),
].join("\n");
console.log(table);
if (!asked.length) await Deno.writeTextFile(new URL("RESULTS.md", import.meta.url), report());
Deno.exit(rows.some(({ met }) => met === false) ? 1 : 0);

function report(): string {
  const seconds = Math.round((performance.now() - began) / 1000);
  return `# deno task bench\n\n${new Date().toISOString().slice(0, 10)}, Deno ${Deno.version.deno}, ` +
    `${navigator.hardwareConcurrency} cores shared by server and load generator, one run of ${seconds} s.\n\n${table}\n`;
}

import assert from "node:assert/strict";
import { en } from "../domain/words/en.ts";
import { ja } from "../domain/words/ja.ts";
import { ko } from "../domain/words/ko.ts";

const root = new URL("../", import.meta.url).pathname;
/** The import table of the design: who may use whom, besides itself. */
const all = ["domain", "kv", "realtime", "ai", "adapters", "routes", "islands", "cron", "static"];
const mayUse: Record<string, string[]> = {
  domain: [],
  kv: ["domain"],
  realtime: ["domain", "kv", "ai"],
  ai: ["domain"],
  adapters: ["domain"],
  routes: all,
  islands: ["domain"],
  cron: ["domain", "kv", "ai", "adapters", "realtime"],
  "main.ts": all,
  tests: [...all, "main.ts"],
};
const topLevel = [...Object.keys(mayUse), "static", "deno.json", "README.md"];
/** Beside them: lock, licence, dotfiles, and where the data lies. */
const beside = ["deno.lock", "LICENSE", "data"];

const files = listFiles("").filter((path) => !/^(static\/build|data)\//.test(path));
const sources = files.filter((path) => /\.tsx?$/.test(path));
const text = new Map(sources.map((path) => [path, Deno.readTextFileSync(root + path)]));
const imports = new Map([...text].map(([path, source]) => [path, importsOf(path, source)]));
/** What is there when the app runs: without imports of types alone. */
const needs = new Map([...text].map(([path, source]) => [path, importsOf(path, source, "(?!type\\b)")]));

Deno.test("the top level is the owner's", () => {
  const found = new Set(files.map((path) => path.split("/")[0]).filter((name) => !name.startsWith(".")));
  assert.deepEqual([...found].filter((name) => ![...topLevel, ...beside].includes(name)), []);
  for (const path of files) assert.doesNotMatch(path, /(^|\/)(utils?|services|types|helpers?|lib)(\/|\.ts)/, path);
});

Deno.test("every import is one that the table allows", () => {
  const wrong = [...imports].flatMap(([from, targets]) => {
    const here = from.split("/")[0];
    const mine = [here, ...mayUse[here] ?? []];
    return targets.filter((to) => !mine.includes(to.split("/")[0])).map((to) => `${from} → ${to}`);
  });
  assert.deepEqual(wrong, []);
  assert.ok([...imports.values()].flat().length > 100, "the imports are really read");
});

Deno.test("no import leads back to itself", () => {
  const done = new Set<string>();
  const cycles: string[] = [];
  const walk = (path: string, way: string[]): void => {
    if (way.includes(path)) return void cycles.push([...way.slice(way.indexOf(path)), path].join(" → "));
    if (done.has(path)) return;
    for (const next of needs.get(path) ?? []) walk(next, [...way, path]);
    done.add(path);
  };
  for (const path of needs.keys()) walk(path, []);
  assert.deepEqual(cycles, []);
});

Deno.test("a file is one screen of one reason", () => {
  const ours = sources.filter((path) => !/^(tests|domain\/words|ai\/letters)\//.test(path));
  const lengths = ours.map((path) => ({ path, lines: text.get(path)!.split("\n").length - 1 }));
  assert.deepEqual(lengths.filter(({ lines }) => lines > 250), []);
  const median = lengths.map(({ lines }) => lines).sort((a, b) => a - b)[Math.floor(lengths.length / 2)];
  assert.ok(median < 90, `the median file has ${median} lines`);
});

Deno.test("everything comes from npm, and the lock fits any registry", () => {
  const { imports } = JSON.parse(Deno.readTextFileSync(`${root}deno.json`)) as { imports: Record<string, string> };
  for (const [name, from] of Object.entries(imports)) assert.match(from, /^npm:/, name);
  assert.ok(!imports.djwt, "the npm package of that name is another thing");
  for (const [path, source] of text) assert.doesNotMatch(source, /from "(jsr|https?):/, path);
  assert.doesNotMatch(Deno.readTextFileSync(`${root}deno.lock`), /"tarball"/);
});

Deno.test("nothing is left for later or hidden from the checks", () => {
  for (const [path, source] of text) {
    if (path === "tests/house_test.ts") continue;
    assert.doesNotMatch(source, /@ts-(ignore|expect-error|nocheck)|\bTODO\b|\bFIXME\b|Deno\.test\.(only|ignore)/, path);
  }
});

Deno.test("time and the environment come in from outside", () => {
  for (const [path, source] of text) {
    if (/^(domain|kv|realtime|ai|cron)\//.test(path)) assert.doesNotMatch(source, /\bDate\.now\(\)/, path);
    if (!/^(tests|adapters|islands\/build|main|routes\/make_admin)/.test(path)) {
      assert.doesNotMatch(source, /Deno\.env/, path);
    }
  }
});

Deno.test("the three languages say the same things", () => {
  const leaves = { ko: leavesOf(ko), en: leavesOf(en), ja: leavesOf(ja) };
  for (const lang of ["en", "ja"] as const) {
    assert.deepEqual([...leaves[lang].keys()].sort(), [...leaves.ko.keys()].sort(), lang);
    for (const [path, words] of leaves.ko) {
      assert.deepEqual(holes(leaves[lang].get(path)!), holes(words), `${lang} ${path}`);
    }
  }
  for (const [lang, found] of Object.entries(leaves)) {
    for (const [path, words] of found) assert.ok(words.trim(), `${lang} ${path} is empty`);
  }
});

function listFiles(folder: string): string[] {
  return [...Deno.readDirSync(root + folder)].flatMap(({ name, isDirectory }) => {
    if (name === ".git" || name === "node_modules") return [];
    return isDirectory ? listFiles(`${folder}${name}/`) : [folder + name];
  });
}

/** The files of ours that a file imports, static or dynamic. `but` narrows what may follow `import`. */
function importsOf(path: string, source: string, but = ""): string[] {
  const pattern = `^(?:import|export)\\s+${but}[^;"]*?from\\s+"(\\.[^"]+)"|\\bimport\\(\\s*"(\\.[^"]+)"`;
  const named = [...source.matchAll(new RegExp(pattern, "gm"))].map(([, one, other]) => one ?? other);
  return named.map((to) => new URL(to, `file:///${path}`).pathname.slice(1));
}

/** Each text by its place; a list's texts count as one, since languages may list different numbers of things. */
function leavesOf(value: unknown, path = ""): Map<string, string> {
  if (typeof value === "string") return new Map([[path, value]]);
  const found = new Map<string, string>();
  for (const [name, part] of Object.entries(value as object)) {
    for (const [place, words] of leavesOf(part, `${path}.${Array.isArray(value) ? "*" : name}`)) {
      found.set(place, words && `${found.get(place) ?? ""}${words}`);
    }
  }
  return found;
}

/** The names in braces, each once: languages may repeat one, or need no plural. */
const holes = (words: string): string[] => [...new Set([...words.matchAll(/\{(\w+)/g)].map(([, name]) => name))].sort();

import type { Taken } from "../kv/exports.ts";

/** One JSON document, piece by piece: `{madeAt, sections: {family: [item, …]}}`. Items of a family come together. */
export async function* exportJson(lines: AsyncIterable<Taken>, madeAt: number): AsyncGenerator<string> {
  let open: string | undefined;
  yield `{"madeAt":${JSON.stringify(new Date(madeAt).toISOString())},"sections":{`;
  for await (const { family, item } of lines) {
    const start = family === open ? ",\n" : `${open === undefined ? "" : "],\n"}${JSON.stringify(family)}:[`;
    open = family;
    yield start + JSON.stringify(item);
  }
  yield open === undefined ? "}}" : "]}}";
}

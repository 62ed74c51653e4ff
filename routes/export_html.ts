import { type Mood, moods } from "../domain/mood.ts";
import type { Lang } from "../domain/person.ts";
import type { Words } from "../domain/words/words.ts";
import type { Taken } from "../kv/exports.ts";

type Reader = { lang: Lang; words: Words };

/** One page that can be read without us, piece by piece: a section a family, times in `zone`. */
export async function* exportHtml(
  lines: AsyncIterable<Taken>,
  { lang, words }: Reader,
  { at, zone }: { at: number; zone: string },
): AsyncGenerator<string> {
  const { name, privacy: { file } } = words;
  const time = new Intl.DateTimeFormat(lang, { dateStyle: "long", timeStyle: "short", timeZone: zone });
  const title = `${name} · ${file.title}`;
  let open: string | undefined;
  yield `<!DOCTYPE html><html lang="${lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">` +
    `<title>${escaped(title)}</title><style>${style}</style></head><body><main><h1>${escaped(title)}</h1>` +
    `<p>${escaped(time.format(at))}</p>`;
  for await (const { family, item } of lines) {
    if (family !== open) {
      const heading = file.families[family as keyof typeof file.families] ?? family;
      yield `${open === undefined ? "" : "</section>"}<section><h2>${escaped(heading)}</h2>`;
    }
    open = family;
    yield `<article>${shown(item, "", words, (n) => time.format(n))}</article>`;
  }
  yield `${open === undefined ? "" : "</section>"}</main></body></html>`;
}

/** Milliseconds since 1970 of this century. */
const isTime = (value: unknown): value is number =>
  typeof value === "number" && Number.isInteger(value) && value > 9e11 && value < 5e12;

/** Any value: fields as a list of terms in the reader's words, the words of people as they wrote them. */
function shown(value: unknown, name: string, words: Words, time: (at: number) => string): string {
  const { fields, yes, no } = words.privacy.file;
  if (isTime(value)) return `<time>${escaped(time(value))}</time>`;
  if (typeof value === "boolean") return escaped(value ? yes : no);
  if (typeof value !== "object" || value === null) {
    const said = name === "mood" && isMood(value) ? words.moods[value] : String(value);
    return name === "text" ? `<p>${escaped(said)}</p>` : escaped(said);
  }
  if (Array.isArray(value)) {
    return `<ul>${value.map((part) => `<li>${shown(part, name, words, time)}</li>`).join("")}</ul>`;
  }
  const given = Object.entries(value).filter(([, part]) => part !== undefined && part !== null);
  return `<dl>${
    given.map(([field, part]) => {
      const term = Object.hasOwn(fields, field) ? fields[field as keyof typeof fields] : field;
      return `<div><dt>${escaped(term)}</dt><dd>${shown(part, field, words, time)}</dd></div>`;
    }).join("")
  }</dl>`;
}

const isMood = (value: unknown): value is Mood => moods.some((mood) => mood === value);

const signs: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => signs[sign]);

const style = "body{font:16px/1.6 system-ui,sans-serif;margin:0;background:#fafcf5;color:#1d2b24}" +
  "main{max-width:44rem;margin:auto;padding:1rem}article{background:#fff;border:1px solid #dbe4d3;border-radius:12px;" +
  "padding:.5rem 1rem;margin:.5rem 0}ul{margin:0;padding-left:1.25rem}dl,p{margin:.25rem 0}p{white-space:pre-wrap}dl>div{display:flex;gap:.75rem}" +
  "dt{flex:0 0 7rem;color:#51635a;overflow-wrap:anywhere}dd{margin:0;min-width:0;overflow-wrap:anywhere}" +
  "@media(prefers-color-scheme:dark){body{background:#15211c;color:#e6efe4}article{background:#1d2b24;border-color:#33463c}dt{color:#a9bcb0}}";

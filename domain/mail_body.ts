import { type Mail, oneLine } from "./mail.ts";
import type { Lang } from "./person.ts";

/** What a mail is made of, top to bottom: first a title, then others that lead somewhere. An `url` is one of our own. */
export type Block =
  | { is: "small"; text: string }
  | { is: "title" | "text"; text: string; url?: string }
  | { is: "button" | "link"; text: string; url: string };

/** The same in plain text and in HTML. What people wrote is text in both. */
export function bodyOf(
  lang: Lang,
  brand: string,
  subject: string,
  blocks: Block[],
): Pick<Mail, "subject" | "text" | "html"> {
  const inner = blocks.map(markup).join("\n");
  return {
    subject: oneLine(subject),
    text: `${blocks.map(plain).join("\n\n")}\n\n-- \n${brand}\n`,
    html: `<!DOCTYPE html>
<html lang="${lang}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><title>${
      escape(oneLine(subject))
    }</title></head>
<body style="margin:0;padding:24px 12px;background:#f1f5e8;font:16px/1.7 sans-serif;word-break:keep-all;overflow-wrap:anywhere">
<main style="max-width:560px;margin:0 auto;padding:28px 24px;background:#ffffff;color:#1d2b24;border-radius:6px 32px">
<p style="margin:0 0 20px;color:#2b6f4c;font-weight:bold">${escape(brand)}</p>
${inner}
</main>
</body>
</html>
`,
  };
}

function plain(block: Block): string {
  if (block.is === "button" || block.is === "link") return `${block.text}:\n${block.url}`;
  const text = block.is === "title" ? `# ${block.text}` : block.text;
  return "url" in block && block.url ? `${text}\n${block.url}` : text;
}

function markup(block: Block): string {
  const text = escape(block.text).replaceAll("\n", "<br>");
  switch (block.is) {
    case "text":
      return `<p style="margin:0 0 16px">${block.url ? anchor(block.url, text, "color:#1d2b24") : text}</p>`;
    case "small":
      return `<p style="margin:0 0 8px;color:#5a6a61;font-size:14px">${text}</p>`;
    case "title":
      return block.url
        ? `<h2 style="${heading}">${anchor(block.url, text, "color:#1d2b24")}</h2>`
        : `<h1 style="${heading}">${text}</h1>`;
    case "button":
      return `<p style="margin:8px 0 24px">${anchor(block.url, text, button)}</p>`;
    case "link":
      return `<p style="margin:0 0 8px;font-size:14px">${anchor(block.url, text, "color:#2b6f4c")}</p>`;
  }
}

const heading = "margin:0 0 16px;font:bold 20px/1.5 serif";
const button =
  "display:inline-block;padding:12px 22px;background:#2b6f4c;color:#ffffff;border-radius:10px;font-weight:bold;text-decoration:none";
const anchor = (url: string, text: string, style: string): string =>
  `<a href="${escape(url)}" style="${style}">${text}</a>`;
const escape = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

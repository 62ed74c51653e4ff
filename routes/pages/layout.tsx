import type { ComponentChildren, VNode } from "preact";
import { renderToString } from "preact-render-to-string";
import { Icon, Sprite } from "../../islands/icon.tsx";
import type { Assets } from "../assets.ts";
import type { AppContext, Parts } from "../context.ts";
import { devScript } from "../dev.ts";
import { Nav, type Place } from "./nav.tsx";
import { Foot } from "./switches.tsx";

/** What every page needs of the house. */
export type House = { assets: Assets; env: Pick<Parts["env"], "dev"> };

type Props = {
  c: AppContext;
  house: House;
  title: string;
  /** The language of the page, when it is not the reader's. */
  lang?: string;
  nav?: Place;
  /** Of `body`: `fixed` (the page itself does not scroll), `tabs` (the bar below stays), `door` (no menu). */
  class?: string;
  /** Of `main`. */
  main?: string;
  /** Logical names of islands, such as `plaza.js`. */
  scripts?: string[];
  /** What an island finds under an id, as JSON. */
  data?: Record<string, unknown>;
  children: ComponentChildren;
};

/** A whole page. Without scripts it can be read and, where there are forms, used. */
export function Page(props: Props) {
  const { c, house, title, nav, scripts = [], data = {}, children } = props;
  const { lang, theme, words } = c.var;
  const { url } = house.assets;
  const kind = props.class ?? "";
  return (
    <html lang={props.lang ?? lang} data-theme={theme}>
      <head>
        <meta charset="utf-8" />
        <meta
          name="viewport"
          content="width=device-width, initial-scale=1, viewport-fit=cover, interactive-widget=resizes-content"
        />
        <title>{`${title} · ${words.name}`}</title>
        <meta name="description" content={words.page.description} />
        <meta name="color-scheme" content={theme ?? "light dark"} />
        {theme !== "dark" && <meta name="theme-color" content="#fafcf5" media={theme ? undefined : day} />}
        {theme !== "light" && <meta name="theme-color" content="#15211c" media={theme ? undefined : night} />}
        <link rel="icon" href={url("favicon.svg")} type="image/svg+xml" />
        <link rel="manifest" href={url("manifest.webmanifest")} />
        <link rel="stylesheet" href={url("app.css")} />
        {["app.js", ...scripts].map((name) => <script key={name} type="module" src={url(name)} />)}
        {house.env.dev && <script type="module" src={devScript} />}
      </head>
      <body class={kind}>
        <Sprite.Provider value={url("icons.svg")}>
          <a class="skip" href="#main">{words.nav.skip}</a>
          {!kind.includes("door") && <Nav c={c} here={nav} />}
          <main id="main" class={props.main}>{children}</main>
          {!kind.includes("fixed") && !kind.includes("door") && <Foot c={c} />}
          <p class="toast fresh" id="fresh" role="status" hidden>
            {words.notifications.app.fresh} <button type="button">{words.notifications.app.reload}</button>
          </p>
        </Sprite.Provider>
        {Object.entries(data).map(([id, value]) => (
          <script key={id} type="application/json" id={id} dangerouslySetInnerHTML={{ __html: json(value) }} />
        ))}
      </body>
    </html>
  );
}

/** Answers with a page. */
export function show(c: AppContext, page: VNode): Response | Promise<Response> {
  return c.html(`<!DOCTYPE html>${renderToString(page)}`);
}

type EmptyProps = { title: string; text?: string; heading?: "h1" | "h2"; children?: ComponentChildren };

/** The kind sentence of an empty place, with what one can do there. */
export function Empty({ title, text, heading: Heading = "h2", children }: EmptyProps) {
  return (
    <div class="stack tight empty">
      <Icon name="empty" />
      <Heading>{title}</Heading>
      {text && <p>{text}</p>}
      {children}
    </div>
  );
}

const day = "(prefers-color-scheme: light)";
const night = "(prefers-color-scheme: dark)";

/** JSON that cannot end its script element. */
const json = (value: unknown): string => JSON.stringify(value).replaceAll("<", "\\u003c");

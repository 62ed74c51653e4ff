import type { ComponentChildren } from "preact";
import { Icon } from "../../islands/icon.tsx";
import type { AppContext } from "../context.ts";
import { type House, Page, show } from "./layout.tsx";

export const tabs = ["overview", "reports", "people", "rooms", "letters", "announcements", "words", "log"] as const;
export type Tab = (typeof tabs)[number];
const hrefs: Record<Tab, string> = {
  overview: "/admin",
  reports: "/admin/reports",
  people: "/admin/people",
  rooms: "/admin/rooms",
  letters: "/admin/letters",
  announcements: "/admin/announcements",
  words: "/admin/words",
  log: "/admin/log",
};

type Props = {
  c: AppContext;
  house: House;
  tab: Tab;
  /** Of the page, when it is not the tab's own. */
  title?: string;
  /** Beside the heading. */
  state?: ComponentChildren;
  children: ComponentChildren;
};

/** Answers with a page of the desk: heading, tabs, content. Nothing of it is kept by a cache. */
export function desk({ c, house, tab, title, state, children }: Props): Response | Promise<Response> {
  const words = c.var.words.desk;
  const heading = title ?? words.tabs[tab];
  c.header("Cache-Control", "no-store");
  return show(
    c,
    <Page c={c} house={house} title={`${heading} · ${words.title}`} nav="desk">
      <div class="page desk">
        <header class="row between">
          <h1>{heading}</h1>
          {state}
        </header>
        <nav class="tabs-row" aria-label={words.menu}>
          {tabs.map((name) => (
            <a key={name} href={hrefs[name]} aria-current={name === tab ? "page" : undefined}>{words.tabs[name]}</a>
          ))}
        </nav>
        <Done c={c} />
        {children}
      </div>
    </Page>,
  );
}

/** What has just been done, after the 303. */
function Done({ c }: { c: AppContext }) {
  const { done } = c.var.words.desk;
  const said = c.req.query("done") ?? "";
  if (!Object.hasOwn(done, said)) return null;
  return (
    <p class="notice" role="status">
      <Icon name="check" />
      <span>{done[said as keyof typeof done]}</span>
    </p>
  );
}

import { Hono } from "hono";
import { Chats, type ChatsProps } from "../../islands/direct/list.tsx";
import { limits } from "../../domain/limits.ts";
import { fill } from "../../domain/words/fill.ts";
import { chatsOf } from "../../realtime/chats.ts";
import type { AppContext, AppEnv, Parts } from "../context.ts";
import { me } from "../guard.ts";
import { Empty, Page, show } from "./layout.tsx";

/** One's conversations of two: a list that can be read without scripts. */
export function chatsPages(parts: Parts): Hono<AppEnv> {
  return new Hono<AppEnv>().get("/chats", async (c) => {
    if (!c.var.who) return c.redirect("/login?next=/chats", 303);
    const { chats: words } = c.var.words.matching;
    const list = await listFor(c, parts);
    c.header("Cache-Control", "no-store");
    return show(
      c,
      <Page
        c={c}
        house={parts}
        title={words.title}
        nav="match"
        scripts={["chats.js"]}
        data={{ data: list }}
      >
        <div class="page">
          <header class="row between">
            <h1>{words.title}</h1>
            <a class="btn" href="/match">{words.toMatch}</a>
          </header>
          <section class="card" aria-label={words.list}>
            <div id="chats">
              <Chats {...list} />
            </div>
            {list.chats.length ? <OpenOf c={c} list={list} /> : <Empty title={words.none} text={words.noneHow} />}
          </section>
        </div>
      </Page>,
    );
  });
}

/** What the list is drawn of, here and in the browser. */
export async function listFor(c: AppContext, parts: Parts, here?: string): Promise<ChatsProps> {
  const { lang, words: { matching } } = c.var;
  const chats = await chatsOf(parts, me(c));
  return { chats, here, lang, zone: parts.env.letterTimeZone, now: parts.now(), words: matching.chats };
}

/** What waits elsewhere than in the conversation that is open. */
export const newsIn = ({ chats, here }: ChatsProps): number =>
  chats.filter(({ muted, open, room }) => open && !muted && room !== here).reduce((sum, { unread }) => sum + unread, 0);

export function OpenOf({ c, list }: { c: AppContext; list: ChatsProps }) {
  const n = list.chats.filter(({ open }) => open).length;
  return <p class="s muted">{fill(c.var.words.matching.chats.openOf, { n, all: limits.match.open })}</p>;
}

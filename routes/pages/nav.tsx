import type { ComponentChildren } from "preact";
import { fill } from "../../domain/words/fill.ts";
import { Icon } from "../../islands/icon.tsx";
import type { AppContext } from "../context.ts";
import { Brand } from "./canopy.tsx";

export type Place = "plaza" | "live" | "match" | "roleplay" | "practice" | "letters" | "mypage" | "login" | "desk";

/** The places there are: a bar below on phones, a rail at the side elsewhere. */
export function Nav({ c, here }: { c: AppContext; here?: Place }) {
  const { words, who, news } = c.var;
  const { nav } = words;
  return (
    <nav class="nav" aria-label={nav.label}>
      <ul>
        <li class="wide">
          <a class="brand" href="/">
            <Brand />
            <span>{words.name}</span>
          </a>
        </li>
        <Item here={here} place="plaza" href="/" icon="plaza" label={nav.plaza} />
        <Item here={here} place="live" href="/live" icon="live" label={nav.live} />
        <Item here={here} place="match" href="/match" icon="match" label={nav.match}>
          {news ? <News c={c} n={news} /> : null}
        </Item>
        <Item here={here} place="roleplay" href="/roleplay" icon="play" label={nav.roleplay} wide />
        <Item here={here} place="practice" href="/practice" icon="practice" label={nav.practice} />
        <Item here={here} place="letters" href="/letters" icon="letter" label={nav.letters} />
        {who
          ? <Item here={here} place="mypage" href="/mypage" icon="me" label={nav.me} />
          : <Item here={here} place="login" href="/login" icon="door" label={nav.login} />}
        {who?.role === "admin" && <Item here={here} place="desk" href="/admin" icon="desk" label={nav.desk} />}
      </ul>
    </nav>
  );
}

/** How many messages wait in one's conversations of two. */
function News({ c, n }: { c: AppContext; n: number }) {
  return (
    <span class="badge new">
      <span class="num" aria-hidden="true">{n}</span>
      <span class="vh">{fill(c.var.words.matching.chats.unread, { n })}</span>
    </span>
  );
}

/** `wide`: not in the bar of a phone, where it is reached through another. */
type ItemProps = {
  here?: Place;
  place: Place;
  href: string;
  icon: string;
  label: string;
  wide?: boolean;
  children?: ComponentChildren;
};

function Item({ here, place, href, icon, label, wide, children }: ItemProps) {
  return (
    <li class={wide ? "wide" : undefined}>
      <a href={href} aria-current={here === place ? "page" : undefined}>
        <Icon name={icon} />
        {label}
        {children}
      </a>
    </li>
  );
}

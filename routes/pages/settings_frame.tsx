import type { ComponentChildren } from "preact";
import type { Words } from "../../domain/words/words.ts";
import type { AppContext } from "../context.ts";

type Props = {
  c: AppContext;
  title: string;
  lead: string;
  /** The address of a page of its own, which on a narrow screen shows one link instead of the index. */
  here?: string;
  children: ComponentChildren;
};

/** What the settings' pages share: a title, and an index of all that can be set, in the order of the sections. */
export function SettingsFrame({ c, title, lead, here, children }: Props) {
  const { words } = c.var;
  return (
    <div class="page settings">
      <header class="row">
        <div class="grow">
          <h1>{title}</h1>
          <p class="soft">{lead}</p>
        </div>
        {here && <a class="btn sm" href="/settings">{words.account.title}</a>}
      </header>
      <nav class="card" aria-label={words.account.index.label}>
        {groupsIn(words).map(({ name, links }, n) => (
          <div key={name}>
            <p class="label" id={`index-${n}`}>{name}</p>
            <ul aria-labelledby={`index-${n}`}>
              {links.map(([href, text]) => (
                <li key={href}>
                  <a class="chip" href={href} aria-current={href === here ? "page" : undefined}>{text}</a>
                </li>
              ))}
            </ul>
          </div>
        ))}
      </nav>
      <div class="stack">{children}</div>
    </div>
  );
}

type Group = { name: string; links: [href: string, text: string][] };

const groupsIn = ({ account, cards, my, notifications, privacy, trust }: Words): Group[] => [
  {
    name: account.index.me,
    links: [
      ["/mypage#edit", my.profile],
      ["/settings#address", account.address.title],
      ["/settings#new-password", account.password.title],
      ["/settings#logins", trust.logins.title],
      ["/settings#sessions", trust.sessions.title],
    ],
  },
  {
    name: account.index.news,
    links: [
      ["/settings/notifications", notifications.title],
      ["/settings#letter", account.letter.title],
    ],
  },
  {
    name: account.index.mine,
    links: [
      ["/settings#consent", privacy.consent.title],
      ["/progress#sources", cards.title],
      ["/settings#blocks", privacy.blocks.title],
      ["/settings#export", privacy.file.title],
      ["/settings#leave", privacy.leave.title],
    ],
  },
];

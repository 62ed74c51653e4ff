import type { Provider } from "../../domain/provider.ts";
import { providers } from "../../domain/provider.ts";
import { momentIn } from "../../domain/words/dates.ts";
import { fill } from "../../domain/words/fill.ts";
import type { Link } from "../../kv/keys.ts";
import { linksOf } from "../../kv/links.ts";
import { findUser } from "../../kv/users.ts";
import type { AppContext, Parts } from "../context.ts";
import { me } from "../guard.ts";

/** The ways in through others: those I use, and those I may add. The last way in cannot be taken away. */
export async function loginsSection(c: AppContext, parts: Pick<Parts, "store" | "env" | "oauth">) {
  const { store, env, oauth } = parts;
  const { id } = me(c);
  const [user, links] = await Promise.all([findUser(store, id), linksOf(store, id)]);
  const { logins } = c.var.words.trust;
  const shown = providers.filter((provider) => links[provider] || oauth.offered.includes(provider));
  const isLast = !user?.passwordHash && Object.keys(links).length === 1;
  return (
    <section class="card" id="logins" aria-labelledby="logins-title">
      <h2 id="logins-title">{logins.title}</h2>
      <p class="s soft">{shown.length ? logins.lead : logins.off}</p>
      <ul class="stack tight">
        {shown.map((provider) => (
          <One
            key={provider}
            c={c}
            provider={provider}
            link={links[provider]}
            isLast={isLast}
            zone={env.letterTimeZone}
          />
        ))}
      </ul>
    </section>
  );
}

type Props = { c: AppContext; provider: Provider; link?: Link; isLast: boolean; zone: string };

function One({ c, provider, link, isLast, zone }: Props) {
  const { lang, words: { trust } } = c.var;
  const name = trust.providers[provider], { logins } = trust;
  const said = link?.name ? logins.linkedAs : logins.linked;
  return (
    <li class="row login">
      <div class="grow">
        <b>{name}</b>
        <p class="s soft">
          {link ? fill(said, { name: link.name ?? "", date: momentIn(link.linkedAt, zone, lang) }) : logins.notLinked}
        </p>
        {link && isLast && <p class="s soft">{logins.last}</p>}
      </div>
      {!link && (
        <a
          class="btn sm"
          rel="nofollow"
          href={`/login/${provider}?for=link&next=${encodeURIComponent("/settings#logins")}`}
        >
          {fill(logins.link, { name })}
        </a>
      )}
      {link && !isLast && (
        <form method="post" action={`/settings/logins/${provider}/unlink`}>
          <button type="submit" class="btn sm">{fill(logins.unlink, { name })}</button>
        </form>
      )}
    </li>
  );
}

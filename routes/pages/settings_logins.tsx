import { Hono } from "hono";
import { type Provider, providers } from "../../domain/provider.ts";
import { momentIn } from "../../domain/words/dates.ts";
import { fill } from "../../domain/words/fill.ts";
import type { Link } from "../../kv/keys.ts";
import { linksOf, unlink } from "../../kv/links.ts";
import type { AppContext, AppEnv } from "../context.ts";
import { me, member } from "../guard.ts";
import { providerOf } from "../logins.ts";
import { attempt } from "./attempt.ts";
import { Refused } from "./refused.tsx";
import { doneAt, isDone, type OpenSection } from "./settings_section.ts";

const ID = "logins";

/** The ways in through others: those I use, and those I may add. The last way in cannot be taken away. */
export const loginsSection: OpenSection = ({ store, env, oauth }) => ({
  id: ID,
  async draw({ c, user, tried }) {
    const links = await linksOf(store, user.id), { logins } = c.var.words.trust;
    const shown = providers.filter((provider) => links[provider] || oauth.offered.includes(provider));
    const isLast = !user.passwordHash && Object.keys(links).length === 1;
    const zone = env.letterTimeZone;
    return (
      <section key={ID} class="card stack" id={ID} aria-labelledby={`${ID}-title`}>
        <h2 id={`${ID}-title`}>{logins.title}</h2>
        {isDone(c, ID) && <p class="s ok" role="status">{logins.done}</p>}
        <Refused tried={tried} />
        <p class="s soft">{shown.length ? logins.lead : logins.off}</p>
        <ul class="stack tight">
          {shown.map((provider) => (
            <One key={provider} c={c} provider={provider} link={links[provider]} isLast={isLast} zone={zone} />
          ))}
        </ul>
      </section>
    );
  },
  forms: (again) =>
    new Hono<AppEnv>().post("/settings/logins/:provider/unlink", member, (c) => {
      return attempt(c, {}, async () => {
        await unlink(store, me(c).id, providerOf(c));
        return c.redirect(doneAt(ID), 303);
      }, (tried) => again(c, tried));
    }),
});

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
          href={`/login/${provider}?for=link&next=${encodeURIComponent(doneAt(ID))}`}
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

import { fill } from "../../domain/words/fill.ts";
import { momentIn } from "../../domain/words/dates.ts";
import { type ListedLogin, loginsOf } from "../../kv/logins.ts";
import type { AppContext, Parts } from "../context.ts";
import { me } from "../guard.ts";
import { deviceInWords, placeInWords } from "../place.ts";

/** Where I am logged in, with a way to end each. */
export async function sessionsSection(c: AppContext, { store, env, now }: Pick<Parts, "store" | "env" | "now">) {
  const logins = await loginsOf(store, me(c).id, now());
  return <Sessions c={c} logins={logins} zone={env.letterTimeZone} />;
}

type Props = { c: AppContext; logins: ListedLogin[]; zone: string };

function Sessions({ c, logins, zone }: Props) {
  const { sessions } = c.var.words.trust;
  const others = logins.filter(({ id }) => id !== me(c).session);
  return (
    <section class="card" id="sessions" aria-labelledby="sessions-title">
      <h2 id="sessions-title">{sessions.title}</h2>
      <p class="s soft">{sessions.lead}</p>
      <ul class="stack tight">
        {logins.map((login) => <One key={login.id} c={c} login={login} zone={zone} />)}
      </ul>
      {others.length === 0
        ? <p class="s soft">{sessions.alone}</p>
        : (
          <form method="post" action="/settings/sessions/end-others">
            <button type="submit" class="btn harm full">{sessions.endOthers}</button>
          </form>
        )}
    </section>
  );
}

function One({ c, login, zone }: { c: AppContext; login: ListedLogin; zone: string }) {
  const { lang, words: { trust: { sessions } } } = c.var;
  const device = deviceInWords(c, login);
  const isHere = login.id === me(c).session;
  return (
    <li class="row login">
      <div class="grow">
        <b>{device}</b> {isHere && <span class="badge">{sessions.here}</span>}
        <p class="s soft">
          {placeInWords(c, login)} · {fill(sessions.used, { time: momentIn(login.usedAt, zone, lang) })}
        </p>
        <p class="s soft">{fill(sessions.since, { time: momentIn(login.createdAt, zone, lang) })}</p>
      </div>
      <form method="post" action={`/settings/sessions/${login.id}/end`}>
        <button type="submit" class="btn sm" aria-label={fill(sessions.endOf, { device })}>{sessions.end}</button>
      </form>
    </li>
  );
}

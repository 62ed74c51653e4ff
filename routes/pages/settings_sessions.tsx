import { Hono } from "hono";
import { fill } from "../../domain/words/fill.ts";
import { momentIn } from "../../domain/words/dates.ts";
import { type ListedLogin, loginsOf } from "../../kv/logins.ts";
import type { AppContext, AppEnv } from "../context.ts";
import { me, member } from "../guard.ts";
import { endLogin } from "../logins.ts";
import { deviceInWords, placeInWords } from "../place.ts";
import { doneAt, isDone, type OpenSection } from "./settings_section.ts";

const ID = "sessions";

/** Where I am logged in, with a way to end each. */
export const sessionsSection: OpenSection = (parts) => ({
  id: ID,
  async draw({ c }) {
    const logins = await loginsOf(parts.store, me(c).id, parts.now());
    return <Sessions key={ID} c={c} logins={logins} zone={parts.env.letterTimeZone} />;
  },
  forms: () =>
    new Hono<AppEnv>()
      .post("/settings/sessions/end-others", member, async (c) => {
        await parts.identity.endOthers(me(c).id, me(c).session);
        return c.redirect(doneAt(ID), 303);
      })
      .post("/settings/sessions/:id/end", member, async (c) => {
        const id = c.req.param("id");
        await endLogin(parts, c, id);
        return c.redirect(id === me(c).session ? "/" : doneAt(ID), 303);
      }),
});

type Props = { c: AppContext; logins: ListedLogin[]; zone: string };

function Sessions({ c, logins, zone }: Props) {
  const { sessions } = c.var.words.trust;
  const others = logins.filter(({ id }) => id !== me(c).session);
  return (
    <section class="card stack" id={ID} aria-labelledby={`${ID}-title`}>
      <h2 id={`${ID}-title`}>{sessions.title}</h2>
      {isDone(c, ID) && <p class="s ok" role="status">{sessions.done}</p>}
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

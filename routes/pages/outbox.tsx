import { Hono } from "hono";
import { fill } from "../../domain/words/fill.ts";
import { clockIn } from "../../domain/words/dates.ts";
import { homeOf } from "../../cron/post.ts";
import type { KeptMail } from "../../kv/keys.ts";
import { countMails } from "../../kv/mails.ts";
import { keptMails } from "../../kv/outbox.ts";
import type { AppContext, AppEnv, Parts } from "../context.ts";
import { admin } from "../guard.ts";
import { Empty, Page, show } from "./layout.tsx";

const SHOWN = 50;

/** `/dev/outbox`: the mails of an app without a mail server. For administrators; while developing, for everybody. */
export function outboxPages(parts: Parts): Hono<AppEnv> {
  const { env, store } = parts;
  const app = new Hono<AppEnv>();
  if (!env.dev) app.use("/dev/outbox", admin(parts));
  return app.get("/dev/outbox", async (c) => {
    const { outbox } = c.var.words.account;
    const [mails, waiting] = await Promise.all([keptMails(store, SHOWN), countMails(store)]);
    c.header("Cache-Control", "no-store");
    return await show(
      c,
      <Page c={c} house={parts} title={outbox.title}>
        <div class="page settings">
          <header>
            <h1>{outbox.title}</h1>
            <p class="soft">{env.smtp ? outbox.smtp : outbox.lead}</p>
            <p class="soft">{fill(outbox.waiting, { n: waiting })}</p>
          </header>
          {mails.length === 0 && <Empty title={outbox.none} />}
          {mails.map((mail) => <Kept key={mail.id} c={c} mail={mail} home={homeOf(env)} zone={env.letterTimeZone} />)}
        </div>
      </Page>,
    );
  });
}

function Kept({ c, mail, home, zone }: { c: AppContext; mail: KeptMail; home: string; zone: string }) {
  const { outbox } = c.var.words.account;
  const title = `mail-${mail.id}`;
  return (
    <article class="card stack tight" aria-labelledby={title}>
      <h2 id={title}>{mail.subject}</h2>
      <p class="s soft">
        {outbox.to} {mail.to} · {outbox.at} {clockIn(mail.at, zone, c.var.lang)}
      </p>
      <div class="mailtext">
        {mail.text.split("\n").map((row, n) => (
          <p key={n}>{row.startsWith(home) ? <a href={row.slice(home.length)}>{row}</a> : row}</p>
        ))}
      </div>
    </article>
  );
}

import { Hono } from "hono";
import type { Words } from "../../domain/words/words.ts";
import { verify } from "../addresses.ts";
import type { AppContext, AppEnv, Parts } from "../context.ts";
import { clientAddress } from "../guard.ts";
import { confirmWish, unsubscribe, unsubscribeNews } from "../letter_mail.ts";
import { attempt } from "./attempt.ts";
import { Expired } from "./expired.tsx";
import { show } from "./layout.tsx";
import { SideDoor } from "./side_door.tsx";

type Link = {
  path: string;
  words: keyof Pick<Words["account"], "verify" | "confirm" | "unsubscribe" | "unsubscribeNews">;
  /** Where one asks for another mail. */
  again: string;
  act(parts: Parts, c: AppContext): Promise<void>;
};
const asked = (c: AppContext, name: string): string => (c.req.query(name) ?? "").slice(0, 200);
const from = (c: AppContext, { env }: Parts) => clientAddress(c, env.trustProxy);

/** Where mails lead to. Opening one changes nothing, since scanners open everything; the button does. */
const links: Link[] = [
  {
    path: "/verify",
    words: "verify",
    again: "/settings#address",
    act: (parts, c) => verify(parts, asked(c, "token"), c.var.lang, from(c, parts)),
  },
  {
    path: "/letters/by-mail",
    words: "confirm",
    again: "/settings#letter",
    act: (parts, c) => confirmWish(parts, asked(c, "token"), from(c, parts)),
  },
  {
    path: "/unsubscribe", // mail programs send the POST themselves (RFC 8058): no login, no cookie, no redirect
    words: "unsubscribe",
    again: "/settings#letter",
    act: (parts, c) => unsubscribe(parts, asked(c, "user"), asked(c, "said")),
  },
  {
    path: "/unsubscribe/news",
    words: "unsubscribeNews",
    again: "/settings/notifications",
    act: (parts, c) => unsubscribeNews(parts, asked(c, "user"), asked(c, "said")),
  },
];

export function mailLinkPages(parts: Parts): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  for (const { path, words: name, again, act } of links) {
    app.get(path, (c) => {
      const words = c.var.words.account[name];
      c.header("Cache-Control", "no-store");
      return show(
        c,
        <SideDoor c={c} parts={parts} title={words.title}>
          <form class="stack" method="post" action={`${path}${new URL(c.req.url).search}`}>
            <p class="soft">{words.lead}</p>
            <button type="submit" class="btn main full">{words.button}</button>
          </form>
        </SideDoor>,
      );
    });
    app.post(path, (c) =>
      attempt(c, {}, async () => {
        await act(parts, c);
        return await show(c, <Done c={c} parts={parts} words={c.var.words.account[name]} />);
      }, (tried) => {
        return show(c, <Expired c={c} parts={parts} again={again} tried={tried} />);
      }));
  }
  return app;
}

function Done({ c, parts, words }: { c: AppContext; parts: Parts; words: { doneTitle: string; done: string } }) {
  return (
    <SideDoor c={c} parts={parts} title={words.doneTitle}>
      <p role="status">{words.done}</p>
      <a class="btn main full" href="/">{c.var.words.account.home}</a>
    </SideDoor>
  );
}

import { Hono } from "hono";
import { z } from "zod";
import { nickname } from "../../domain/person.ts";
import { explainField } from "../../domain/words/explain.ts";
import { fill } from "../../domain/words/fill.ts";
import { findByAddress } from "../../kv/addresses.ts";
import { findNewcomer } from "../../kv/flows.ts";
import type { Newcomer } from "../../kv/keys.ts";
import { body } from "../body.ts";
import { callerOf } from "../caller.ts";
import type { AppContext, AppEnv, Parts } from "../context.ts";
import { dropWord, setTokenCookies, wordOf } from "../cookies.ts";
import { joinThrough } from "../newcomer.ts";
import { Field } from "./door_form.tsx";
import { Page, show } from "./layout.tsx";

const choice = z.object({ nickname });
const form = z.object({ nickname: z.string().catch("") });
type Tried = { nickname: string; error: string };

/** Whom a provider sent and nobody here knows yet: what to be called, and then in. */
export function newcomerPages(parts: Parts): Hono<AppEnv> {
  const { env, store, now } = parts;

  async function render(c: AppContext, tried?: Tried): Promise<Response> {
    const newcomer = await findNewcomer(store, wordOf(c, env, "newcomer") ?? "", now());
    if (!newcomer) return c.redirect("/login", 303);
    const { email } = newcomer.account;
    const taken = email !== undefined && await findByAddress(store, email) !== null;
    c.header("Cache-Control", "no-store");
    return await show(
      c,
      <Page c={c} house={parts} title={c.var.words.trust.newcomer.title} main="page">
        <NewcomerForm c={c} newcomer={newcomer} taken={taken} tried={tried} />
      </Page>,
    );
  }

  return new Hono<AppEnv>()
    .get("/login/new", (c) => render(c))
    .post("/login/new", body(form), async (c) => {
      const sent = c.req.valid("json");
      const read = choice.safeParse(sent);
      if (!read.success) {
        c.status(422);
        return await render(c, { ...sent, error: explainField(c.var.words, read.error.issues[0].message) });
      }
      const word = wordOf(c, env, "newcomer") ?? "";
      const { tokens, next } = await joinThrough(parts, word, read.data.nickname, callerOf(c, env));
      dropWord(c, env, "newcomer");
      setTokenCookies(c, env, tokens);
      return c.redirect(next, 303);
    });
}

function NewcomerForm({ c, newcomer: { provider, account }, taken, tried }: Props) {
  const { trust, door } = c.var.words;
  const name = trust.providers[provider];
  const suggested = nickname.safeParse(account.name).data;
  const back = new URLSearchParams({ next: "/settings#logins" });
  return (
    <section class="card stack narrow">
      <h1>{trust.newcomer.title}</h1>
      {taken && <p class="notice">{fill(trust.newcomer.taken, { name })}</p>}
      <p>{fill(trust.newcomer.lead, { name })}</p>
      <form class="stack" method="post" action="/login/new">
        <Field
          name="nickname"
          label={door.nickname}
          hint={door.nicknameHint}
          error={tried?.error}
          autofocus
          input={{ value: tried?.nickname ?? suggested, autocomplete: "nickname", maxlength: 200 }}
        />
        <button type="submit" class="btn main full">{trust.newcomer.join}</button>
      </form>
      {!taken && <p class="s soft">{fill(trust.newcomer.have, { name })}</p>}
      <a class="btn quiet full" href={`/login?${back}`}>{trust.newcomer.enter}</a>
    </section>
  );
}

type Props = { c: AppContext; newcomer: Newcomer; taken: boolean; tried?: Tried };

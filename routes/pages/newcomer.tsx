import { Hono } from "hono";
import { z } from "zod";
import { nickname } from "../../domain/person.ts";
import { Problem, problems } from "../../domain/problems.ts";
import { explain } from "../../domain/words/explain.ts";
import { fill } from "../../domain/words/fill.ts";
import { findNewcomer } from "../../kv/flows.ts";
import type { Newcomer } from "../../kv/keys.ts";
import { body, checked } from "../body.ts";
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
    c.header("Cache-Control", "no-store");
    return await show(
      c,
      <Page c={c} house={parts} title={c.var.words.trust.newcomer.title} main="page">
        <NewcomerForm c={c} newcomer={newcomer} tried={tried} />
      </Page>,
    );
  }

  return new Hono<AppEnv>()
    .get("/login/new", (c) => render(c))
    .post("/login/new", body(form), async (c) => {
      const sent = c.req.valid("json");
      try {
        const wanted = checked(choice, sent).nickname;
        const { tokens, next } = await joinThrough(parts, wordOf(c, env, "newcomer") ?? "", wanted, callerOf(c, env));
        dropWord(c, env, "newcomer");
        setTokenCookies(c, env, tokens);
        return c.redirect(next, 303);
      } catch (error) {
        if (!(error instanceof Problem) || error.code !== "invalid") throw error;
        c.status(problems.invalid);
        const { message, fields } = explain(c.var.words, error);
        return await render(c, { ...sent, error: fields?.nickname ?? message });
      }
    });
}

function NewcomerForm({ c, newcomer: { provider, account }, tried }: Props) {
  const { trust, door } = c.var.words;
  const name = trust.providers[provider];
  const suggested = nickname.safeParse(account.name).data;
  const back = new URLSearchParams({ next: "/settings#logins" });
  return (
    <section class="card stack narrow">
      <h1>{trust.newcomer.title}</h1>
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
      <p class="s soft">{fill(trust.newcomer.have, { name })}</p>
      <a class="btn quiet full" href={`/login?${back}`}>{trust.newcomer.enter}</a>
    </section>
  );
}

type Props = { c: AppContext; newcomer: Newcomer; tried?: Tried };

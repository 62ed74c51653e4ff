import { generateCodeVerifier, generateState } from "arctic";
import { Hono } from "hono";
import { z } from "zod";
import { Problem } from "../domain/problems.ts";
import { type Account, type Provider, providers } from "../domain/provider.ts";
import { keepNewcomer, openFlow, takeFlow } from "../kv/flows.ts";
import type { Flow } from "../kv/keys.ts";
import { findLinked, link } from "../kv/links.ts";
import { freshen } from "../kv/logins.ts";
import { take } from "../kv/windows.ts";
import { query } from "./body.ts";
import { callerOf } from "./caller.ts";
import type { AppContext, AppEnv, Parts } from "./context.ts";
import { dropWord, setTokenCookies, setWord, wordOf } from "./cookies.ts";
import { afterLogin, safeNext } from "./door.ts";
import { me } from "./guard.ts";
import { isForeign } from "./origin.ts";

const word = z.string().min(1).max(2_000).optional().catch(undefined);
const wish = z.object({ for: z.enum(["link", "step_up"]).optional().catch(undefined), next: word });
const answer = z.object({ state: word, code: word, error: word });

/**
 * To a provider and back. `for=link` adds a way in to one's account, `for=step_up` shows that one is still oneself;
 * otherwise it logs in. Nothing is kept before all of it is right.
 */
export function oauthRoutes(parts: Parts): Hono<AppEnv> {
  const { env, store, identity, oauth, now } = parts;
  const app = new Hono<AppEnv>();
  for (const provider of providers) {
    app.get(`/login/${provider}`, query(wish), (c) => begin(c, provider, c.req.valid("query")));
    app.get(`/login/${provider}/callback`, query(answer), (c) => finish(c, provider, c.req.valid("query")));
  }
  return app;

  async function begin(c: AppContext, provider: Provider, wanted: z.output<typeof wish>): Promise<Response> {
    const { for: intent = "enter" } = wanted, next = safeNext(wanted.next);
    if (intent === "enter" && c.var.who) return c.redirect(next, 303);
    const mine = intent === "enter" ? {} : self(c);
    const secrets = { state: generateState(), verifier: generateCodeVerifier(), nonce: generateState() };
    const address = oauth.address(provider, secrets, { again: intent === "step_up" });
    await take(store, "flowByAddress", callerOf(c, env).address, now(), env.rateLimitScale);
    const { state, verifier, nonce } = secrets;
    await openFlow(store, state, { provider, verifier, nonce, next, intent, ...mine }, now());
    setWord(c, env, "flow", state);
    return c.redirect(address.href, 303);
  }

  async function finish(c: AppContext, provider: Provider, said: z.output<typeof answer>): Promise<Response> {
    const flow = await takeOwn(c, said.state);
    if (flow.provider !== provider) throw new Problem("login_refused");
    if (said.error === "access_denied") return c.redirect(flow.intent === "enter" ? "/login" : flow.next, 303);
    if (said.code === undefined) throw new Problem("login_refused");
    return await arrive(c, flow, await oauth.account(provider, said.code, flow));
  }

  /** Who asks to change their own account: from our own pages only, since a link may lead here from anywhere. */
  function self(c: AppContext): { user: string; session: string } {
    const { id: user, session } = me(c);
    if (isForeign(c.req.raw, env)) throw new Problem("foreign_origin");
    return { user, session };
  }

  /** The flow of this state, if it began in this browser. Anybody else's stays as it is. */
  async function takeOwn(c: AppContext, state: string | undefined): Promise<Flow> {
    const mine = wordOf(c, env, "flow");
    if (state === undefined || state !== mine) throw new Problem("login_refused");
    dropWord(c, env, "flow");
    const flow = await takeFlow(store, state, now());
    if (!flow) throw new Problem("login_refused");
    return flow;
  }

  async function arrive(c: AppContext, flow: Flow, account: Account): Promise<Response> {
    const { provider, intent, next } = flow;
    if (intent === "enter") return await enter(c, flow, account);
    const who = me(c);
    if (who.id !== flow.user || who.session !== flow.session) throw new Problem("login_refused");
    if (intent === "link") await link(store, who.id, provider, account, now());
    else if ((await findLinked(store, provider, account.subject))?.id !== who.id) throw new Problem("login_refused");
    else await freshen(store, who, now());
    return c.redirect(next, 303);
  }

  /** The provider's own id of a person decides; an address never opens an account that is there. */
  async function enter(c: AppContext, { provider, next }: Flow, account: Account): Promise<Response> {
    const user = await findLinked(store, provider, account.subject);
    if (user) {
      const tokens = await identity.open(user, callerOf(c, env).seen);
      setTokenCookies(c, env, tokens);
      return c.redirect(afterLogin(tokens, next), 303);
    }
    setWord(c, env, "newcomer", await keepNewcomer(store, { provider, account, next }, now()));
    return c.redirect("/login/new", 303);
  }
}

import { Hono } from "hono";
import { z } from "zod";
import { fill } from "../../domain/words/fill.ts";
import { linksOf } from "../../kv/links.ts";
import { findUser } from "../../kv/users.ts";
import { body, checked } from "../body.ts";
import type { AppContext, AppEnv, Parts } from "../context.ts";
import { safeNext } from "../door.ts";
import { me, member } from "../guard.ts";
import { stepUp, stepUpRequest } from "../step_up.ts";
import { attempt } from "./attempt.ts";
import { Field } from "./door_form.tsx";
import { Page, show } from "./layout.tsx";
import { Providers } from "./providers.tsx";

const text = z.string().catch("");
const form = z.object({ password: text, next: text });

/** The password once more, or the provider where there is none, on the way to what cannot be undone. */
export function stepUpPages(parts: Parts): Hono<AppEnv> {
  const { store, oauth } = parts;

  async function render(c: AppContext, next: string, error?: string): Promise<Response> {
    const { id } = me(c), { trust, door } = c.var.words;
    const [user, links] = await Promise.all([findUser(store, id), linksOf(store, id)]);
    const linked = oauth.offered.filter((provider) => links[provider]);
    c.header("Cache-Control", "no-store");
    return await show(
      c,
      <Page c={c} house={parts} title={trust.stepUp.title} main="page">
        <section class="card stack narrow">
          <h1>{trust.stepUp.title}</h1>
          <p>{trust.stepUp.lead}</p>
          {user?.passwordHash && (
            <form class="stack" method="post" action="/step-up">
              <input type="hidden" name="next" value={next} />
              <Field
                name="password"
                label={door.password}
                error={error}
                autofocus
                input={{ type: "password", autocomplete: "current-password" }}
              />
              <button type="submit" class="btn main full">{trust.stepUp.confirm}</button>
            </form>
          )}
          <Providers
            offered={linked}
            query={{ for: "step_up", next }}
            label={(provider) => fill(trust.stepUp.through, { name: trust.providers[provider] })}
          />
        </section>
      </Page>,
    );
  }

  return new Hono<AppEnv>()
    .get("/step-up", (c) => {
      const next = safeNext(c.req.query("next"));
      const here = `/step-up?${new URLSearchParams({ next })}`;
      return c.var.who ? render(c, next) : c.redirect(`/login?${new URLSearchParams({ next: here })}`, 303);
    })
    .post("/step-up", member, body(form), async (c) => {
      const sent = c.req.valid("json"), next = safeNext(sent.next);
      return await attempt(c, {}, async () => {
        await stepUp(parts, me(c), checked(stepUpRequest, sent).password);
        return c.redirect(next, 303);
      }, ({ fields, message }) => render(c, next, fields.password ?? message));
    });
}

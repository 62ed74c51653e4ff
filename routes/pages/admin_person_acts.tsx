import { Hono } from "hono";
import { z } from "zod";
import { reason, roleOrder, sanctionKinds, siteTimeoutOrder } from "../../domain/keeping.ts";
import type { Who } from "../../domain/person.ts";
import { Problem } from "../../domain/problems.ts";
import { fill } from "../../domain/words/fill.ts";
import type { User } from "../../kv/keys.ts";
import { findUser } from "../../kv/users.ts";
import { body, checked } from "../body.ts";
import type { AppContext, AppEnv, Parts } from "../context.ts";
import { me } from "../guard.ts";
import { Ask } from "./admin_ask.tsx";
import { attempt, type Tried } from "./attempt.ts";
import { desk } from "./admin_frame.tsx";
import { Hidden, Minutes, Roles } from "./admin_person_fields.tsx";

const acts = ["role", "timeout", "ban", "sessions", "lift"] as const;
type Act = (typeof acts)[number];
const text = z.string().max(2_000).catch("");
const form = z.object({
  why: text,
  role: text,
  minutes: text,
  room: text,
  kind: z.enum(sanctionKinds).catch("timeout"),
});
type Sent = z.output<typeof form>;

/** `/admin/people/:id/…`: asks once more, with the reason, then does it. */
export function personActs(parts: Parts): Hono<AppEnv> {
  async function draw(c: AppContext, sent: Sent, tried?: Tried): Promise<Response> {
    const { act, user } = await asked(parts, c);
    const { people } = c.var.words.desk;
    const said = { name: user.nickname, role: c.var.words.roles[user.role] };
    return await desk({
      c,
      house: parts,
      tab: "people",
      title: people[act],
      children: (
        <Ask
          c={c}
          text={fill(people[`${act}Ask`], said)}
          action={`/admin/people/${user.id}/${act}`}
          back={`/admin/people/${user.id}`}
          yes={people[act]}
          harm={act !== "lift"}
          told={act === "timeout" || act === "ban"}
          tried={tried}
        >
          {act === "role" && <Roles c={c} chosen={sent.role || user.role} />}
          {act === "timeout" && <Minutes c={c} chosen={sent.minutes} />}
          {act === "lift" && <Hidden values={{ kind: sent.kind, room: sent.room }} />}
        </Ask>
      ),
    });
  }

  return new Hono<AppEnv>()
    .get("/admin/people/:id/:act", (c) => draw(c, form.parse(c.req.query())))
    .post("/admin/people/:id/:act", body(form), async (c) => {
      const sent = c.req.valid("json");
      const { act, user } = await asked(parts, c);
      return await attempt(c, sent, async () => {
        await perform(parts, me(c), act, user.id, sent);
        return c.redirect(`/admin/people/${user.id}?done=${act}`, 303);
      }, (tried) => draw(c, sent, tried));
    });
}

async function asked({ store }: Parts, c: AppContext): Promise<{ act: Act; user: User }> {
  const act = acts.find((name) => name === c.req.param("act"));
  const user = act && await findUser(store, c.req.param("id") ?? "");
  if (!user) throw new Problem("not_found");
  return { act, user };
}

async function perform({ powers, rooms }: Parts, who: Who, act: Act, userId: string, sent: Sent): Promise<void> {
  const { why } = sent;
  if (act === "role") {
    const { role, ...because } = checked(roleOrder, { role: sent.role, why });
    await powers.role(who, userId, role, because);
  } else if (act === "timeout") {
    const { minutes, ...because } = checked(siteTimeoutOrder, { minutes: Number(sent.minutes), why });
    await powers.timeout(null, who, userId, minutes, because);
  } else if (act === "ban") {
    await powers.ban(null, who, userId, checked(reason, { why }));
  } else if (act === "sessions") {
    await powers.endSessions(who, userId, checked(reason, { why }));
  } else {
    const place = sent.room ? await rooms.get(sent.room) : null;
    if (sent.room && !place) throw new Problem("not_found");
    await powers.lift(place, who, userId, sent.kind, checked(reason, { why }));
  }
}

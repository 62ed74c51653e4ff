import { Hono } from "hono";
import { dateAt } from "../../domain/day.ts";
import { faceOf } from "../../domain/face.ts";
import type { Sanction } from "../../domain/keeping.ts";
import { isOpen } from "../../domain/order.ts";
import { Problem } from "../../domain/problems.ts";
import { inWords } from "../../domain/words/dates.ts";
import { fill } from "../../domain/words/fill.ts";
import type { User } from "../../kv/keys.ts";
import { sanctionsOf } from "../../kv/order.ts";
import { findUser } from "../../kv/users.ts";
import type { AppContext, AppEnv, Parts } from "../context.ts";
import { me } from "../guard.ts";
import { desk } from "./admin_frame.tsx";
import { whenIn } from "./admin_numbers.ts";
import { RoleBadge } from "./admin_people.tsx";
import { titlesOf } from "./admin_room_names.ts";

/** `/admin/people/:id`: who somebody is, what holds them back, and the ways to change that. */
export function personPage(parts: Parts): Hono<AppEnv> {
  const { env, now, store } = parts;
  return new Hono<AppEnv>().get("/admin/people/:id", async (c) => {
    const user = await findUser(store, c.req.param("id"));
    if (!user) throw new Problem("not_found");
    const sanctions = (await sanctionsOf(store, user.id)).filter((one) => isOpen(one, now()));
    const titles = await titlesOf(parts, c.var.words, sanctions);
    return await desk({
      c,
      house: parts,
      tab: "people",
      title: user.nickname,
      children: (
        <div class="cols even">
          <Card c={c} user={user} zone={env.letterTimeZone} />
          <State c={c} user={user} sanctions={sanctions} titles={titles} zone={env.letterTimeZone} />
        </div>
      ),
    });
  });
}

function Card({ c, user, zone }: { c: AppContext; user: User; zone: string }) {
  const { words: { desk: { people } }, lang } = c.var;
  const { animal, tint } = faceOf(user.id);
  const mine = user.id === me(c).id;
  const acts = mine ? ["role", "sessions"] as const : ["timeout", "ban", "sessions", "role"] as const;
  return (
    <section class="card stack" aria-label={people.deeds}>
      <div class="row">
        <span class="av lg" data-mood={tint} aria-hidden="true">{animal}</span>
        <div class="grow">
          <p>
            <b>{user.nickname}</b> <RoleBadge c={c} role={user.role} />
          </p>
          <p class="s soft">{user.username} · {inWords(dateAt(user.createdAt, zone), "full", lang)}</p>
        </div>
      </div>
      <p class="row">
        {acts.map((act) => (
          <a key={act} class={`btn sm ${act === "ban" ? "harm" : ""}`} href={`/admin/people/${user.id}/${act}`}>
            {people[act]}
          </a>
        ))}
      </p>
    </section>
  );
}

type StateProps = { c: AppContext; user: User; sanctions: Sanction[]; titles: Map<string, string>; zone: string };

function State({ c, user, sanctions, titles, zone }: StateProps) {
  const { words: { desk: { people }, order }, lang } = c.var;
  return (
    <section class="card stack tight" aria-labelledby="state">
      <h2 id="state">{people.state}</h2>
      {sanctions.length === 0 && <p class="soft">{people.free}</p>}
      <ul class="stack tight">
        {sanctions.map(({ kind, room, why, by, until }) => (
          <li key={kind + room} class="notice warn">
            <div class="grow">
              <b>{order[kind]}</b> · {room ? titles.get(room) : people.whole} ·{" "}
              {until ? fill(people.until, { when: whenIn(until, zone, lang) }) : people.forever}
              <p class="s soft">{why} · {by.nickname}</p>
            </div>
            <a
              class="btn sm"
              href={`/admin/people/${user.id}/lift?${new URLSearchParams({ kind, room: room ?? "" })}`}
            >
              {people.lift}
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}

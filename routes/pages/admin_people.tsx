import { Hono } from "hono";
import { z } from "zod";
import { dateAt } from "../../domain/day.ts";
import { faceOf } from "../../domain/face.ts";
import type { Role } from "../../domain/person.ts";
import { inWords } from "../../domain/words/dates.ts";
import type { User } from "../../kv/keys.ts";
import { findPeople, MOST_PAGES } from "../../kv/people.ts";
import type { AppContext, AppEnv, Parts } from "../context.ts";
import { desk } from "./admin_frame.tsx";
import { More } from "./admin_more.tsx";
import { Empty } from "./layout.tsx";

const SIZE = 30;
const question = z.object({
  q: z.string().max(80).transform((q) => q.trim()).catch(""),
  page: z.coerce.number().int().min(1).max(MOST_PAGES).catch(1),
});
type Asked = z.output<typeof question>;

/** `/admin/people`: found by the beginning of a name; the newest without one. */
export function peoplePage(parts: Parts): Hono<AppEnv> {
  const zone = parts.env.letterTimeZone;
  return new Hono<AppEnv>().get("/admin/people", async (c) => {
    const asked = question.parse(c.req.query());
    const { items, more } = await findPeople(parts.store, asked.q, asked.page, SIZE);
    const { people } = c.var.words.desk;
    return await desk({
      c,
      house: parts,
      tab: "people",
      children: (
        <>
          <Search c={c} asked={asked} />
          {items.length === 0
            ? <Empty title={people.none} text={people.noneHow} />
            : <Found c={c} people={items} zone={zone} />}
          <More
            c={c}
            page={asked.page}
            more={more}
            href={(n) => `/admin/people?${new URLSearchParams({ q: asked.q, page: `${n}` })}`}
          />
        </>
      ),
    });
  });
}

function Search({ c, asked }: { c: AppContext; asked: Asked }) {
  const { people } = c.var.words.desk;
  return (
    <form class="row" method="get" action="/admin/people" role="search">
      <div class="grow">
        <label class="label" for="q">{people.search}</label>
        <input class="input" type="search" id="q" name="q" value={asked.q} maxlength={80} autocomplete="off" />
      </div>
      <button type="submit" class="btn main low">{people.find}</button>
    </form>
  );
}

function Found({ c, people, zone }: { c: AppContext; people: User[]; zone: string }) {
  const { words: { desk }, lang } = c.var;
  return (
    <section class="card scroll" tabindex={0} aria-label={desk.people.table}>
      <table>
        <thead>
          <tr>{desk.people.heads.map((head) => <th key={head} scope="col">{head}</th>)}</tr>
        </thead>
        <tbody>
          {people.map(({ id, nickname, username, role, createdAt }) => (
            <tr key={id}>
              <th scope="row">
                <span class="av sm" data-mood={faceOf(id).tint} aria-hidden="true">{faceOf(id).animal}</span>
                <a href={`/admin/people/${id}`}>{nickname}</a>
              </th>
              <td>{username}</td>
              <td>
                <RoleBadge c={c} role={role} />
              </td>
              <td class="num">{inWords(dateAt(createdAt, zone), "narrow", lang)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

const looks: Record<Role, string> = { user: "", moderator: "keeper", admin: "staff" };

export function RoleBadge({ c, role }: { c: AppContext; role: Role }) {
  return <span class={`badge ${looks[role]}`}>{c.var.words.roles[role]}</span>;
}

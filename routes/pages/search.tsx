import { Hono } from "hono";
import { dateAt } from "../../domain/day.ts";
import { PLAZA, type Room } from "../../domain/room.ts";
import { pathOf } from "../../domain/permalink.ts";
import { explainField } from "../../domain/words/explain.ts";
import { findRoom } from "../../kv/rooms.ts";
import { invalid } from "../body.ts";
import type { AppContext, AppEnv, Parts } from "../context.ts";
import { type Asked, type Find, type Hits, searchQuestion } from "../find.ts";
import { Empty, Page, show } from "./layout.tsx";
import { Hit, nameOf } from "./search_hit.tsx";

/** The page to search on: a form, what was found, and the way to a day. It works without scripts. */
export function searchPages(parts: Parts, find: Find): Hono<AppEnv> {
  const { rooms, assets, env, now } = parts;
  return new Hono<AppEnv>().get("/search", async (c) => {
    const said = c.req.query();
    const asked = searchQuestion.safeParse(said);
    const tried = Boolean(said.q?.trim());
    const errors = asked.success || !tried ? {} : invalid(asked.error).detail.fields ?? {};
    const room = said.room ? await findRoom({ rooms }, said.room, c.var.who) : undefined;
    const hits = asked.success ? await find(c, asked.data) : null;
    c.header("Cache-Control", "no-store");
    if (Object.keys(errors).length) c.status(422);
    const zone = env.letterTimeZone;
    return show(
      c,
      <Page c={c} house={{ assets, env }} title={c.var.words.search.title}>
        <div class="page">
          <header class="row">
            <div class="grow">
              <h1>{c.var.words.search.title}</h1>
              <p class="soft">{c.var.words.search.lead}</p>
            </div>
          </header>
          <SearchForm c={c} q={said.q ?? ""} room={room} error={errors.q} />
          {hits && asked.success
            ? <Found c={c} asked={asked.data} hits={hits} zone={zone} />
            : <Empty title={c.var.words.search.invite} text={c.var.words.search.inviteHow} />}
          <DayForm c={c} room={room} today={dateAt(now(), zone)} />
        </div>
      </Page>,
    );
  });
}

type FormProps = { c: AppContext; q: string; room?: Room; error?: string };

function SearchForm({ c, q, room, error }: FormProps) {
  const { search } = c.var.words;
  const places: [label: string, id: string | undefined][] = [[search.everywhere, undefined], [search.plaza, PLAZA]];
  if (room && room.id !== PLAZA) places.push([nameOf(room, c.var.words), room.id]);
  return (
    <search class="stack tight">
      <form class="stack tight" action="/search">
        <label class="label" for="q">{search.field}</label>
        <div class="row">
          <input
            class="input grow"
            type="search"
            id="q"
            name="q"
            value={q}
            maxlength={200}
            required
            placeholder={search.placeholder}
            enterkeyhint="search"
            aria-invalid={error ? "true" : undefined}
            aria-describedby={error ? "q-error" : undefined}
          />
          {room && <input type="hidden" name="room" value={room.id} />}
          <button type="submit" class="btn main">{search.find}</button>
        </div>
        {error && <p class="err s" id="q-error" role="alert">{explainField(c.var.words, error)}</p>}
      </form>
      <nav class="row" aria-label={search.where}>
        {places.map(([label, id]) => (
          <a
            key={label}
            class="chip"
            href={addressOf({ q, room: id })}
            aria-current={room?.id === id ? "true" : undefined}
          >
            {label}
          </a>
        ))}
      </nav>
    </search>
  );
}

type FoundProps = { c: AppContext; asked: Asked; hits: Hits; zone: string };

function Found({ c, asked, hits: { items, next }, zone }: FoundProps) {
  const { search } = c.var.words;
  if (!items.length && !next) return <Empty title={search.none} text={search.noneHow} />;
  return (
    <section class="stack tight" aria-label={search.hits}>
      <ol>{items.map((hit) => <Hit key={hit.message.id} c={c} hit={hit} zone={zone} />)}</ol>
      {next && (
        <a class="btn sm" href={addressOf({ q: asked.q, room: asked.room, before: next })} rel="next">{search.more}</a>
      )}
    </section>
  );
}

function DayForm({ c, room, today }: { c: AppContext; room?: Room; today: string }) {
  const { search } = c.var.words;
  return (
    <section class="card stack tight" aria-labelledby="day-title">
      <h2 id="day-title">
        {search.day} <span class="badge">{room ? nameOf(room, c.var.words) : search.plaza}</span>
      </h2>
      <p class="s soft">{search.dayHow}</p>
      <form class="row" action={pathOf(room?.id ?? PLAZA, room?.kind)}>
        <label class="label" for="day">{search.date}</label>
        <input class="input date" type="date" id="day" name="day" value={today} max={today} required />
        <button type="submit" class="btn">{search.open}</button>
      </form>
    </section>
  );
}

function addressOf(asked: Record<string, string | undefined>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(asked)) if (value) query.set(name, value);
  return query.size ? `/search?${query}` : "/search";
}

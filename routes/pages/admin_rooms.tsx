import { Hono } from "hono";
import { type Room, settingsOf } from "../../domain/room.ts";
import { fill } from "../../domain/words/fill.ts";
import { everyRoom } from "../../kv/room_list.ts";
import type { AppContext, AppEnv, Parts } from "../context.ts";
import { desk } from "./admin_frame.tsx";
import { inFigures } from "./admin_numbers.ts";
import { titleOf } from "./admin_room_names.ts";

/** `/admin/rooms`: every room, closed and private ones too. */
export function roomsPage(parts: Parts): Hono<AppEnv> {
  const { presence, rooms, store } = parts;
  return new Hono<AppEnv>().get("/admin/rooms", async (c) => {
    const steady = await Promise.all(["plaza", "streaming"].map((id) => rooms.get(id)));
    const all = [...steady.filter((room) => room !== null), ...await everyRoom(store)];
    const counts = await Promise.all(all.map(({ id, closedAt }) => closedAt === undefined ? presence.look(id) : 0));
    const people = new Map(all.map(({ id }, i) => [id, counts[i]]));
    return await desk({ c, house: parts, tab: "rooms", children: <Table c={c} rooms={all} people={people} /> });
  });
}

function Table({ c, rooms, people }: { c: AppContext; rooms: Room[]; people: Map<string, number> }) {
  const { words, lang } = c.var;
  const desk = words.desk.rooms;
  return (
    <section class="card scroll" tabindex={0} aria-label={desk.table}>
      <table>
        <thead>
          <tr>{desk.heads.map((head) => <th key={head} scope="col">{head}</th>)}</tr>
        </thead>
        <tbody>
          {rooms.map((room) => {
            const { slow } = settingsOf(room);
            return (
              <tr key={room.id}>
                <th scope="row" class="wrap">
                  <a href={`/admin/rooms/${room.id}`}>{titleOf(words, room)}</a>
                </th>
                <td>{desk.access[room.access ?? "public"]}</td>
                <td class="num">{inFigures(people.get(room.id) ?? 0, lang)}</td>
                <td class="num">{slow ? fill(desk.slow, { n: slow }) : desk.off}</td>
                <td>
                  {room.closedAt === undefined ? <span class="badge ok">{desk.open}</span> : desk.closed}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}

import { Hono } from "hono";
import { settingsOf } from "../../domain/room.ts";
import { fill } from "../../domain/words/fill.ts";
import type { AppContext, AppEnv, Parts } from "../context.ts";
import { type DeskRoom, deskRooms } from "../desk_rooms.ts";
import { desk } from "./admin_frame.tsx";
import { inFigures } from "./admin_numbers.ts";
import { titleOf } from "./admin_room_names.ts";

/** `/admin/rooms`: every room, closed and private ones too. */
export function roomsPage(parts: Parts): Hono<AppEnv> {
  return new Hono<AppEnv>().get("/admin/rooms", async (c) => {
    return await desk({ c, house: parts, tab: "rooms", children: <Table c={c} rooms={await deskRooms(parts)} /> });
  });
}

function Table({ c, rooms }: { c: AppContext; rooms: DeskRoom[] }) {
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
                <td class="num">{inFigures(room.people, lang)}</td>
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

import { Hono } from "hono";
import { pathOf } from "../../domain/permalink.ts";
import type { Room } from "../../domain/room.ts";
import { type RoomLevel, usualLevel } from "../../domain/room_level.ts";
import { fill } from "../../domain/words/fill.ts";
import { levelsOf, setLevel } from "../../kv/levels.ts";
import type { AppContext, AppEnv, Parts } from "../context.ts";
import { me, member } from "../guard.ts";
import { titleOf } from "./admin_room_names.ts";

const HERE = "/settings/notifications";
type Chosen = { room: Room; level: RoomLevel };

/** Rooms where I chose something else than usual, as far as I may read them. */
export async function chosenLevels({ store, rooms }: Parts, c: AppContext): Promise<Chosen[]> {
  const { who } = c.var;
  const all = who ? await levelsOf(store, who.id) : [];
  const found = await Promise.all(all.map(async ({ room, level }) => ({ room: await rooms.find(room, who), level })));
  return found.flatMap(({ room, level }) => room ? [{ room, level }] : []);
}

export function roomLevelForms({ store, now }: Parts): Hono<AppEnv> {
  return new Hono<AppEnv>().post(`${HERE}/rooms/:id/undo`, member, async (c) => {
    await setLevel(store, me(c).id, c.req.param("id"), usualLevel, now());
    return c.redirect(`${HERE}?done=rooms#rooms`, 303);
  });
}

/** With a way back for each. */
export function RoomLevels({ c, chosen }: { c: AppContext; chosen: Chosen[] }) {
  const { words } = c.var, { roomLevel: said } = words;
  return (
    <section class="card stack" id="rooms" aria-labelledby="rooms-title">
      <h2 id="rooms-title">{said.all}</h2>
      {c.req.query("done") === "rooms" && <p class="s ok" role="status">{said.done}</p>}
      <p class="s soft">{said.allLead}</p>
      {chosen.length === 0 ? <p class="s soft">{said.none}</p> : (
        <ul class="stack tight">
          {chosen.map(({ room, level }) => (
            <li key={room.id} class="row wrap">
              <span class="grow">
                <a href={pathOf(room.id)}>
                  <b>{titleOf(words, room)}</b>
                </a>{" "}
                <span class="badge">{said.levels[level]}</span>
              </span>
              <form method="post" action={`${HERE}/rooms/${room.id}/undo`}>
                <button type="submit" class="btn sm" aria-label={fill(said.backOf, { name: titleOf(words, room) })}>
                  {said.back}
                </button>
              </form>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

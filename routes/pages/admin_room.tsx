import { Hono } from "hono";
import { z } from "zod";
import { OwnFields, SettingFields } from "../../islands/live/fields.tsx";
import { reason } from "../../domain/keeping.ts";
import { Problem } from "../../domain/problems.ts";
import { closed, isSteady, mayOwn, opened, reshaped, type Room } from "../../domain/room.ts";
import { fill } from "../../domain/words/fill.ts";
import { body, checked } from "../body.ts";
import { changeRoom } from "../change_room.ts";
import type { AppContext, AppEnv, Parts } from "../context.ts";
import { me } from "../guard.ts";
import { Ask } from "./admin_ask.tsx";
import { attempt, type Tried } from "./attempt.ts";
import { desk } from "./admin_frame.tsx";
import { titleOf } from "./admin_room_names.ts";
import { changeIn, roomForm } from "./room_form.ts";

const text = z.string().max(2_000).catch("");
const form = roomForm.extend({ why: text });
type Turn = "close" | "open";

/** `/admin/rooms/:id`: what a room is and asks of its writers; and its end, or its return, asked once more on a page of its own. */
export function roomPages(parts: Parts): Hono<AppEnv> {
  const { rooms, now } = parts;

  async function asked(c: AppContext): Promise<Room> {
    const room = await rooms.find(c.req.param("id") ?? "", c.var.who);
    if (!room) throw new Problem("not_found");
    return room;
  }

  async function draw(c: AppContext, tried?: Tried): Promise<Response> {
    const room = await asked(c);
    const { words } = c.var;
    const { rooms: said } = words.desk;
    const name = titleOf(words, room), here = `/admin/rooms/${room.id}`;
    const open = room.closedAt === undefined;
    return await desk({
      c,
      house: parts,
      tab: "rooms",
      title: name,
      state: <span class={`badge ${open ? "ok" : ""}`}>{open ? said.open : said.closed}</span>,
      children: (
        <>
          {open && (
            <Ask
              c={c}
              text={fill(said.edit, { name })}
              action={here}
              back="/admin/rooms"
              yes={said.save}
              harm={false}
              tried={tried}
            >
              {mayOwn(room, c.var.who) && <OwnFields room={room} words={words.live} steady={isSteady(room)} />}
              <SettingFields room={room} words={words.live} />
            </Ask>
          )}
          {!isSteady(room) && (
            <p>
              {open
                ? <a class="btn harm" href={`${here}/close`}>{said.close}</a>
                : <a class="btn" href={`${here}/open`}>{said.reopen}</a>}
            </p>
          )}
        </>
      ),
    });
  }

  /** Asks before a room is closed, or opened again; there is only one of them to ask. */
  async function drawTurn(c: AppContext, turn: Turn, tried?: Tried): Promise<Response> {
    const room = await asked(c), isOpen = room.closedAt === undefined;
    if (isSteady(room) || isOpen !== (turn === "close")) throw new Problem("not_found");
    const { words } = c.var;
    const { close, closeAsk, reopen, reopenAsk } = words.desk.rooms;
    const [yes, ask] = isOpen ? [close, closeAsk] : [reopen, reopenAsk];
    const text = fill(ask, { name: titleOf(words, room) }), here = `/admin/rooms/${room.id}`;
    const children = (
      <Ask c={c} text={text} action={`${here}/${turn}`} back={here} yes={yes} harm={isOpen} tried={tried} />
    );
    return await desk({ c, house: parts, tab: "rooms", title: yes, children });
  }

  return new Hono<AppEnv>()
    .get("/admin/rooms/:id", (c) => draw(c))
    .post("/admin/rooms/:id", body(form), async (c) => {
      const sent = c.req.valid("json"), room = await asked(c), { id } = room;
      return await attempt(c, sent, async () => {
        const { why } = checked(reason, { why: sent.why });
        const wanted = changeIn(sent, titleOf(c.var.words, room));
        await changeRoom(parts, me(c), id, "settings", { why }, (room) => reshaped(room, me(c), wanted));
        return c.redirect(`/admin/rooms/${id}?done=room`, 303);
      }, (tried) => draw(c, tried));
    })
    .get("/admin/rooms/:id/:turn{close|open}", (c) => drawTurn(c, c.req.param("turn") as Turn))
    .post("/admin/rooms/:id/:turn{close|open}", body(form), async (c) => {
      const sent = c.req.valid("json"), { id } = await asked(c), turn = c.req.param("turn") as Turn;
      return await attempt(c, sent, async () => {
        const { why } = checked(reason, { why: sent.why });
        const patch = (room: Room) => turn === "close" ? closed(room, me(c), now()) : opened(room, me(c));
        await changeRoom(parts, me(c), id, turn, { why }, patch);
        return c.redirect(`/admin/rooms?done=${turn === "close" ? "closed" : "opened"}`, 303);
      }, (tried) => drawTurn(c, turn, tried));
    });
}

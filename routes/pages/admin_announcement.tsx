import { faceOf } from "../../domain/face.ts";
import { fill } from "../../domain/words/fill.ts";
import type { AppContext } from "../context.ts";
import { me } from "../guard.ts";
import type { RoomChoice, Sent } from "./admin_announcements.tsx";
import type { Tried } from "./attempt.ts";

type FormProps = { c: AppContext; rooms: RoomChoice[]; sent?: Sent; tried?: Tried };

export function AnnouncementForm({ c, rooms, sent, tried }: FormProps) {
  const { desk } = c.var.words;
  const wrong = tried && (tried.fields.text ?? tried.message);
  return (
    <form class="card stack" method="post" action="/admin/announcements">
      <p class="soft">{desk.announceHow}</p>
      <div>
        <label class="label" for="text">{desk.announceText}</label>
        <textarea
          class="input"
          id="text"
          name="text"
          rows={3}
          required
          aria-invalid={wrong ? "true" : undefined}
          aria-describedby="text-h"
          autofocus={wrong !== undefined}
        >
          {sent?.text ?? ""}
        </textarea>
        <p class={`s ${wrong ? "err" : "soft"}`} id="text-h" role={wrong ? "alert" : undefined}>
          {wrong ?? desk.announceLong}
        </p>
      </div>
      <div>
        <label class="label" for="room">{desk.announceWhere}</label>
        <select class="input" id="room" name="room">
          <option value="">{fill(desk.everywhere, { n: rooms.length })}</option>
          {rooms.map(({ id, title }) => <option key={id} value={id} selected={id === sent?.room}>{title}</option>)}
        </select>
      </div>
      <p class="row">
        <button type="submit" class="btn main" name="step" value="look">{desk.look}</button>
      </p>
    </form>
  );
}

/** As it will stand in the rooms. Its client id is made here: pressing twice says it once. */
export function Preview({ c, sent, rooms }: { c: AppContext; sent: Sent; rooms: RoomChoice[] }) {
  const { desk, roles } = c.var.words;
  const { id, nickname } = me(c);
  const chosen = rooms.find((room) => room.id === sent.room);
  const where = chosen ? chosen.title : fill(desk.everywhere, { n: rooms.length });
  return (
    <form class="card stack" method="post" action="/admin/announcements">
      <h2>{fill(desk.lookTitle, { where })}</h2>
      <div class="line admin">
        <span class="av sm" data-mood={faceOf(id).tint} aria-hidden="true">{faceOf(id).animal}</span>
        <div>
          <b>{nickname}</b> <span class="badge staff">{roles.admin}</span>
          <p class="said">{sent.text.trim()}</p>
        </div>
      </div>
      {Object.entries(sent).map(([name, value]) => <input key={name} type="hidden" name={name} value={value} />)}
      <p class="row">
        <button type="submit" class="btn main" name="step" value="send">{desk.send}</button>
        <button type="submit" class="btn quiet" name="step" value="write">{desk.rewrite}</button>
      </p>
    </form>
  );
}

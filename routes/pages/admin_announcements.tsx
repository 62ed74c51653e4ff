import { Hono } from "hono";
import { z } from "zod";
import { checkText, PLAZA, STREAMING } from "../../domain/room.ts";
import { everyRoom } from "../../kv/room_list.ts";
import { announce, type Announcement, announcement } from "../announcements.ts";
import { body, checked } from "../body.ts";
import type { AppContext, AppEnv, Parts } from "../context.ts";
import { me } from "../guard.ts";
import { AnnouncementForm, Preview } from "./admin_announcement.tsx";
import { attempt, type Tried } from "./attempt.ts";
import { desk } from "./admin_frame.tsx";
import { titleOf } from "./admin_room_names.ts";

const text = z.string().catch("");
const form = z.object({ text, room: text, clientId: text, step: z.enum(["write", "look", "send"]).catch("look") });
export type Sent = Omit<z.output<typeof form>, "step">;
export type RoomChoice = { id: string; title: string };

/** `/admin/announcements`: written, looked at, said to everybody. */
export function announcementPages(parts: Parts): Hono<AppEnv> {
  async function choices(c: AppContext): Promise<RoomChoice[]> {
    const made = await everyRoom(parts.store);
    const open = [{ id: PLAZA }, { id: STREAMING }, ...made.filter(({ closedAt }) => closedAt === undefined)];
    return open.map((room) => ({ id: room.id, title: titleOf(c.var.words, room) }));
  }

  async function write(c: AppContext, sent?: Sent, tried?: Tried): Promise<Response> {
    const children = <AnnouncementForm c={c} rooms={await choices(c)} sent={sent} tried={tried} />;
    return await desk({ c, house: parts, tab: "announcements", children });
  }

  async function look(c: AppContext, sent: Sent): Promise<Response> {
    read(sent);
    const rooms = await choices(c);
    const children = <Preview c={c} sent={{ ...sent, clientId: crypto.randomUUID() }} rooms={rooms} />;
    return await desk({ c, house: parts, tab: "announcements", children });
  }

  async function send(c: AppContext, sent: Sent): Promise<Response> {
    await announce(parts, me(c), read(sent));
    return c.redirect("/admin/announcements?done=announced", 303);
  }

  return new Hono<AppEnv>()
    .get("/admin/announcements", (c) => write(c))
    .post("/admin/announcements", body(form), async (c) => {
      const { step, ...sent } = c.req.valid("json");
      if (step === "write") return await write(c, sent);
      const act = () => step === "look" ? look(c, sent) : send(c, sent);
      return await attempt(c, sent, act, (tried) => write(c, sent, tried));
    });
}

function read({ text, room, clientId }: Sent): Announcement {
  const said = checked(announcement, { text, room: room || undefined, clientId: clientId || undefined });
  checkText("live", said.text);
  return said;
}

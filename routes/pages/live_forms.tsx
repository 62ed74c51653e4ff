import { Hono } from "hono";
import { z } from "zod";
import { Problem } from "../../domain/problems.ts";
import { sendChat } from "../../domain/wire.ts";
import { join } from "../../kv/invitations.ts";
import { findRoom } from "../../kv/rooms.ts";
import { body, invalid } from "../body.ts";
import type { AppContext, AppEnv, Parts } from "../context.ts";
import { me, member } from "../guard.ts";
import { keepDraft } from "./draft.ts";
import { Empty, Page, show } from "./layout.tsx";

const said = z.object({ text: z.string().catch(""), mood: z.unknown().optional(), clientId: z.unknown().optional() });
const token = z.object({ token: z.string().min(1).max(200) });

/** A live room's forms without scripts: saying something, and coming in by an invitation. */
export function liveForms(parts: Parts): Hono<AppEnv> {
  return new Hono<AppEnv>()
    .get("/live/:id", async (c, next) => {
      const invite = c.req.query("invite");
      if (!invite || await parts.rooms.find(c.req.param("id"), c.var.who)) return await next();
      return show(c, <Invited c={c} parts={parts} id={c.req.param("id")} invite={invite} />);
    })
    .post("/live/:id/join", member, body(token), async (c) => {
      const { store, rooms, now } = parts;
      const id = c.req.param("id");
      await join({ store, rooms, now }, id, c.req.valid("json").token, me(c).id);
      return c.redirect(`/live/${encodeURIComponent(id)}`, 303);
    })
    .post("/live/:id", body(said), async (c) => {
      const room = await findRoom(parts, c.req.param("id"), c.var.who);
      const { text, mood, clientId } = c.req.valid("json");
      const here = `/live/${room.id}`;
      if (!c.var.who) {
        keepDraft(c, text);
        return c.redirect(`/login?next=${here}&draft=1`, 303);
      }
      if (!text.trim()) return c.redirect(here, 303);
      const read = sendChat.safeParse({ text, mood: mood || undefined, clientId: clientId || undefined });
      if (!read.success) throw invalid(read.error);
      await parts.acts.say(room, c.var.who, read.data);
      return c.redirect(here, 303);
    });
}

/** Says nothing of the room: whether the word is good shows when one joins. */
function Invited({ c, parts, id, invite }: { c: AppContext; parts: Parts; id: string; invite: string }) {
  const { words: { live }, who } = c.var;
  if (!/^[\w-]{1,80}$/.test(id)) throw new Problem("not_found");
  const here = `/live/${id}?invite=${encodeURIComponent(invite)}`;
  return (
    <Page c={c} house={parts} title={live.invitation} nav="live">
      <div class="page">
        <Empty title={live.invitation} text={live.invitationHow} heading="h1">
          {who
            ? (
              <form method="post" action={`/live/${id}/join`}>
                <input type="hidden" name="token" value={invite} />
                <button type="submit" class="btn main">{live.join}</button>
              </form>
            )
            : <a class="btn main" href={`/login?next=${encodeURIComponent(here)}`}>{live.enter}</a>}
        </Empty>
      </div>
    </Page>
  );
}

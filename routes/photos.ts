import { Hono } from "hono";
import { z } from "zod";
import { limits } from "../domain/limits.ts";
import { strip, type Stripped } from "../domain/photo/photo.ts";
import { Problem } from "../domain/problems.ts";
import { dropPhoto, findPhoto, keepPhoto, type PhotoRecord, readPhoto } from "../kv/photos.ts";
import { changeMatchProfile, findMatchProfile } from "../kv/profiles.ts";
import { take } from "../kv/windows.ts";
import { query, readBody } from "./body.ts";
import type { AppContext, AppEnv, Parts } from "./context.ts";
import { me, member } from "./guard.ts";
import { findDirect } from "./matching.ts";
import { readReport } from "./read_report.ts";

export const photoQuestion = z.object({ clientId: z.string().regex(/^[\w-]{1,64}$/).optional() });

/** Photos: sent as they are, kept without what cameras write beside the picture, seen by who may see them. */
export function photoRoutes(parts: Parts): Hono<AppEnv> {
  const { store, acts } = parts;
  return new Hono<AppEnv>()
    .put("/api/matching/photo", member, async (c) => {
      return c.json({ photo: await setPhoto(parts, me(c).id, await sent(c)) });
    })
    .delete("/api/matching/photo", member, async (c) => {
      await changeMatchProfile(store, me(c).id, (before) => withPhoto(before, undefined));
      return c.body(null, 204);
    })
    .post("/api/rooms/:id/photos", member, query(photoQuestion), async (c) => {
      const room = await findDirect(parts, c);
      const { clientId } = c.req.valid("query");
      const { id, width, height } = await keep(parts, { owner: me(c).id, room: room.id }, await sent(c));
      try {
        const said = { text: "", photo: { id, width, height }, clientId };
        const { message, repeated } = await acts.say(room, me(c), said);
        if (repeated) await drop(id);
        return c.json(message, repeated ? 200 : 201);
      } catch (error) {
        await drop(id);
        throw error;
      }
    })
    .get("/photos/:id", member, async (c) => {
      const id = c.req.param("id"), photo = await findPhoto(store, id);
      if (!photo || !await maySee(c, id, photo)) throw new Problem("not_found");
      const headers = {
        "Content-Type": photo.type,
        "Cache-Control": "private, no-cache",
        "Content-Disposition": "inline",
        "X-Content-Type-Options": "nosniff",
        ETag: `"${id}"`,
      };
      if (c.req.header("If-None-Match") === headers.ETag) return c.body(null, 304, headers);
      return new Response(new Blob(await readPhoto(store, id, photo)), { headers });
    });

  async function drop(id: string): Promise<void> {
    await store.commit((atomic) => dropPhoto(atomic, id));
  }

  async function maySee(c: AppContext, id: string, { owner, room }: PhotoRecord): Promise<boolean> {
    const who = me(c);
    if (room !== undefined) return await parts.rooms.find(room, who) !== null || await isReported(c, id);
    if (owner === who.id) return true;
    if ((await findMatchProfile(store, owner))?.photo !== id) return false;
    return await parts.matching.directs.talk(who.id, owner) || await parts.matching.suggest.maySee(who.id, owner);
  }

  /** An administrator sees what was reported, by the report's page. */
  async function isReported(c: AppContext, id: string): Promise<boolean> {
    const report = c.req.query("report");
    if (me(c).role !== "admin" || !report) return false;
    return (await readReport(parts, me(c), report)).message.photo === id;
  }
}

/** A new picture of oneself; the one before goes. Problems `no_profile`, `photo_kind`, `too_large`, `too_many`. */
export async function setPhoto(parts: Parts, user: string, file: Uint8Array): Promise<string> {
  const { store } = parts;
  const { id } = await keep(parts, { owner: user }, file);
  try {
    await changeMatchProfile(store, user, (before) => withPhoto(before, id));
    return id;
  } catch (error) {
    await store.commit((atomic) => dropPhoto(atomic, id));
    throw error;
  }
}

async function keep({ store, env, now }: Parts, of: { owner: string; room?: string }, file: Uint8Array) {
  const photo: Stripped | null = strip(file);
  if (!photo) throw new Problem("photo_kind");
  await take(store, "photosByPerson", of.owner, now(), env.rateLimitScale);
  return { id: await keepPhoto(store, of, photo), width: photo.width, height: photo.height };
}

const sent = (c: AppContext): Promise<Uint8Array> => readBody(c.req.raw, limits.upload);

function withPhoto<P extends { photo?: string }>(before: P | null, photo: string | undefined): P {
  if (!before) throw new Problem("no_profile");
  return { ...before, photo };
}

import { Hono } from "hono";
import { z } from "zod";
import { fill } from "../../domain/words/fill.ts";
import type { Scene } from "../../domain/scene.ts";
import { foreign } from "../../islands/chat/script.ts";
import { Icon } from "../../islands/icon.tsx";
import { readAiRoom } from "../../kv/ai_rooms.ts";
import { uninvite } from "../../kv/invitations.ts";
import { openCasts } from "../../realtime/casts.ts";
import { chatsOf } from "../../realtime/chats.ts";
import { findAiRoom, findOwnAiRoom } from "../ai_room.ts";
import { body } from "../body.ts";
import { inviteTo, shownToInvited } from "../casts.ts";
import type { AppContext, AppEnv, Parts } from "../context.ts";
import { me, member } from "../guard.ts";
import { Page, show } from "./layout.tsx";

const role = z.coerce.number().int().min(0).max(9);
const inviteForm = z.object({ match: z.string().max(80).optional(), end: z.string().optional() });
const claimForm = z.object({ token: z.string().min(1).max(200), role });
const roleForm = z.object({ role, on: z.string().optional() });

/** The cast of a scene without scripts: inviting, following an invitation, taking a role, stage and leave. */
export function castPages(parts: Parts): Hono<AppEnv> {
  const casts = openCasts(parts);
  const one = "/roleplay/:id";

  return new Hono<AppEnv>()
    .get(one, async (c, next) => {
      const invite = c.req.query("invite"), id = c.req.param("id");
      if (!invite || !c.var.who || await parts.rooms.find(id, c.var.who)) return await next();
      const scene = await casts.look(id, invite, c.var.who);
      c.header("Referrer-Policy", "no-referrer");
      return show(c, <Claim c={c} parts={parts} scene={scene} token={invite} />);
    })
    .get(`${one}/cast`, member, (c) => drawInvite(c))
    .post(`${one}/invite`, member, body(inviteForm), async (c) => {
      const room = await findOwnAiRoom(parts, "roleplay", c);
      const { match, end } = c.req.valid("json");
      if (end) {
        await uninvite(parts.store, room.id);
        return c.redirect(`/roleplay/${room.id}/cast`, 303);
      }
      const { path } = await inviteTo(parts, casts, c, room, match);
      return await drawInvite(c, (parts.env.publicUrl ?? new URL(c.req.url).origin) + path, match !== undefined);
    })
    .post(`${one}/claim`, member, body(claimForm), async (c) => {
      const { token, role } = c.req.valid("json"), id = c.req.param("id");
      await casts.claim(id, token, role, me(c));
      return c.redirect(`/roleplay/${id}`, 303);
    })
    .post(`${one}/stage`, member, body(roleForm), async (c) => {
      const room = await findOwnAiRoom(parts, "roleplay", c);
      const { role, on } = c.req.valid("json");
      await casts.stage(room, role, on !== undefined);
      return c.redirect(`/roleplay/${room.id}`, 303);
    })
    .post(`${one}/leave`, member, body(roleForm), async (c) => {
      const room = await findAiRoom(parts, "roleplay", c);
      await casts.leave(room, c.req.valid("json").role, me(c));
      return c.redirect(room.owner === me(c).id ? `/roleplay/${room.id}` : "/roleplay", 303);
    });

  async function drawInvite(c: AppContext, link?: string, sent = false): Promise<Response> {
    const room = await findOwnAiRoom(parts, "roleplay", c);
    const scene = await readAiRoom(parts.store, "roleplay", room.id);
    const chats = (await chatsOf(parts, me(c))).filter(({ open }) => open);
    c.header("Cache-Control", "no-store");
    return await show(c, <Invite c={c} parts={parts} scene={scene} chats={chats} link={link} sent={sent} />);
  }
}

type InviteProps = {
  c: AppContext;
  parts: Parts;
  scene: Scene;
  chats: Awaited<ReturnType<typeof chatsOf>>;
  link?: string;
  sent: boolean;
};

function Invite({ c, parts, scene: { id, title, begun }, chats, link, sent }: InviteProps) {
  const { words: { roleplay }, lang } = c.var;
  const { cast, room } = roleplay, path = `/roleplay/${id}`;
  return (
    <Page c={c} house={parts} title={cast.invite} nav="roleplay">
      <div class="page narrow">
        <header class="row">
          <a class="ico" href={path} aria-label={room.backToTalk}>
            <Icon name="back" />
          </a>
          <div class="grow">
            <h1>{cast.invite}</h1>
            <p class="soft" lang={foreign(title, lang)}>{title}</p>
          </div>
        </header>
        {begun
          ? (
            <form class="card stack" method="post" action={`${path}/again`}>
              <p>{cast.begun}</p>
              <button type="submit" class="btn main">{room.again}</button>
            </form>
          )
          : (
            <section class="card stack" aria-label={cast.invite}>
              <p class="soft">{cast.inviteHow}</p>
              {link && (
                <label>
                  <span class="label">{cast.link}</span>
                  <input class="input" readOnly value={link} autofocus />
                  <span class="s muted block">{cast.linkHow}</span>
                </label>
              )}
              {sent && <p class="notice" role="status">{cast.sent}</p>}
              <form class="row" method="post" action={`${path}/invite`}>
                <button type="submit" class={link ? "btn" : "btn main"}>{cast.make}</button>
                <button type="submit" class="btn quiet" name="end" value="1">{cast.end}</button>
              </form>
              {chats.length > 0 && <h2>{cast.match}</h2>}
              <div class="row">
                {chats.map(({ room, person }) => (
                  <form key={room} method="post" action={`${path}/invite`}>
                    <button type="submit" class="btn sm" name="match" value={room}>
                      {fill(cast.send, { name: person.nickname })}
                    </button>
                  </form>
                ))}
              </div>
            </section>
          )}
      </div>
    </Page>
  );
}

type ClaimProps = { c: AppContext; parts: Parts; scene: Scene; token: string };

function Claim({ c, parts, scene, token }: ClaimProps) {
  const { words: { roleplay, problems }, lang } = c.var;
  const { cast, room } = roleplay;
  const { id, title, situation, language, level, goals, roles, begun } = shownToInvited(scene);
  const free = !begun && roles.some(({ player }) => player === undefined);
  return (
    <Page c={c} house={parts} title={cast.claimTitle} nav="roleplay">
      <div class="page narrow">
        <header class="stack tight">
          <h1>{cast.claimTitle}</h1>
          <p class="soft" lang={foreign(title, lang)}>{title}</p>
        </header>
        <section class="card stack" aria-label={room.facts}>
          <p lang={foreign(situation, lang)}>{situation}</p>
          <p class="s muted">{roleplay.langs[language]} · {roleplay.levels[level]}</p>
          {goals.length > 0 && <ul class="goals">{goals.map((one) => <li key={one}>{one}</li>)}</ul>}
        </section>
        <section class="card stack" aria-label={cast.who}>
          <p>{begun ? problems.scene_begun : free ? cast.claimHow : cast.full}</p>
          {roles.map(({ place, name, player }) => (
            <form key={place} class="row between" method="post" action={`/roleplay/${id}/claim`}>
              <input type="hidden" name="token" value={token} />
              <input type="hidden" name="role" value={place} />
              <b class="grow" lang={foreign(name, lang)}>{name}</b>
              {player !== undefined
                ? <span class="s muted">{fill(cast.taken, { name: player })}</span>
                : !begun && <button type="submit" class="btn main sm">{fill(cast.claim, { role: name })}</button>}
            </form>
          ))}
        </section>
      </div>
    </Page>
  );
}

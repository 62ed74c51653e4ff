import type { ComponentChildren } from "preact";
import { OwnFields, SettingFields } from "../../islands/live/fields.tsx";
import { dateAt } from "../../domain/day.ts";
import type { Sanction } from "../../domain/keeping.ts";
import { pathOf } from "../../domain/permalink.ts";
import { mayUndo } from "../../domain/power.ts";
import { isSteady, mayOwn, type Room } from "../../domain/room.ts";
import { inWords, momentIn } from "../../domain/words/dates.ts";
import { fill } from "../../domain/words/fill.ts";
import type { AppContext, Parts } from "../context.ts";
import { me } from "../guard.ts";
import { titleOf } from "./admin_room_names.ts";
import type { Tried } from "./attempt.ts";
import { Page } from "./layout.tsx";

/** Somebody who was timed out or sent out, by their name of now. */
export type Kept = { sanction: Sanction; name: string };
/** `address`: an invitation that was made just now, and until when it is good. */
type Shown = { c: AppContext; parts: Parts; room: Room };
type Props = Shown & { kept: Kept[]; most: number; address?: string; until?: number; tried?: Tried };

/** What keepers and owners do with a room: its name, what it asks of writers, invitations, its end, and who may come back. */
export function KeepingPage({ tried, address, until, kept, most, ...shown }: Props) {
  const { c, parts, room } = shown;
  const { words } = c.var, { live, keeping } = words;
  const here = `/live/${room.id}/keeping`, open = room.closedAt === undefined;
  const owns = mayOwn(room, me(c)) && open;
  return (
    <Page c={c} house={parts} title={keeping.title} nav="live">
      <div class="page">
        <header class="stack tight">
          <p class="s">
            <a href={pathOf(room.id)}>{keeping.back}</a>
          </p>
          <h1>{keeping.title}</h1>
          <p class="soft">{titleOf(words, room)}</p>
        </header>
        {tried && <p class="notice bad" role="alert">{Object.values(tried.fields)[0] ?? tried.message}</p>}
        {c.req.query("done") === "saved" && <p class="notice" role="status">{keeping.saved}</p>}
        {!open && <p class="notice">{live.closed}</p>}
        <div class="cols">
          <div class="stack">
            {owns && (
              <Part id="shape" title={keeping.shape}>
                <form class="stack tight" method="post" action={here}>
                  <OwnFields room={room} words={live} steady={isSteady(room)} />
                  <button type="submit" class="btn main">{live.save}</button>
                </form>
              </Part>
            )}
            {open && (
              <Part id="rules" title={keeping.rules}>
                <form class="stack tight" method="post" action={here}>
                  <SettingFields room={room} words={live} />
                  <button type="submit" class="btn main">{live.save}</button>
                </form>
              </Part>
            )}
          </div>
          <div class="stack">
            <People {...shown} kept={kept} most={most} />
            {owns && room.access === "private" && <Invite {...shown} address={address} until={until} />}
            {owns && !isSteady(room) && <Close {...shown} />}
          </div>
        </div>
      </div>
    </Page>
  );
}

function People({ c, parts, room, kept, most }: Shown & { kept: Kept[]; most: number }) {
  const { lang, words: { keeping, order } } = c.var;
  return (
    <Part id="kept" title={keeping.kept}>
      {c.req.query("done") === "lifted" && <p class="s ok" role="status">{keeping.lifted}</p>}
      {kept.length === 0 ? <p class="s soft">{keeping.none}</p> : (
        <ul class="stack tight">
          {kept.map(({ name, sanction: { userId, kind, until, by, why } }) => (
            <li key={`${kind} ${userId}`} class="row wrap">
              <div class="grow">
                <b>{name}</b> <span class="badge">{keeping.kinds[kind]}</span>{" "}
                <span class="s soft">
                  {until === undefined
                    ? keeping.ever
                    : fill(keeping.until, { time: momentIn(until, parts.env.letterTimeZone, lang) })}
                </span>
                <p class="s soft">{fill(keeping.by, { name: by.nickname, why })}</p>
                {!mayUndo(room, me(c), by) && <p class="s muted">{keeping.others}</p>}
              </div>
              {mayUndo(room, me(c), by) && (
                <form method="post" action={`/live/${room.id}/keeping/lift`}>
                  <input type="hidden" name="userId" value={userId} />
                  <input type="hidden" name="kind" value={kind} />
                  <button type="submit" class="btn sm" aria-label={fill(keeping.liftOf, { name })}>{order.lift}</button>
                </form>
              )}
            </li>
          ))}
        </ul>
      )}
      {kept.length === most && <p class="s muted">{fill(keeping.more, { n: most })}</p>}
    </Part>
  );
}

function Invite({ c, parts, room, address, until }: Shown & { address?: string; until?: number }) {
  const { lang, words: { live, keeping } } = c.var, here = `/live/${room.id}/keeping`;
  return (
    <Part id="invite" title={keeping.invite}>
      {c.req.query("done") === "uninvited" && <p class="s ok" role="status">{keeping.uninvited}</p>}
      <p class="s soft">{live.inviteHow}</p>
      {address && until && (
        <div>
          <label class="label" for="address">{live.inviteMade}</label>
          <input class="input" id="address" readOnly value={address} aria-describedby="address-h" />
          <p class="s muted" id="address-h">
            {fill(live.inviteUntil, { day: inWords(dateAt(until, parts.env.letterTimeZone), "day", lang) })}{" "}
            {keeping.copy}
          </p>
        </div>
      )}
      <div class="row wrap">
        <form method="post" action={`${here}/invite#invite`}>
          <button type="submit" class="btn sm">{live.invite}</button>
        </form>
        <form method="post" action={`${here}/uninvite`}>
          <button type="submit" class="btn sm quiet">{live.uninvite}</button>
        </form>
      </div>
    </Part>
  );
}

/** Pressed twice. */
function Close({ c, room }: Shown) {
  const { live } = c.var.words;
  return (
    <Part id="close" title={live.close}>
      <p class="s soft">{live.closeHow}</p>
      <details class="sure">
        <summary class="err s">{live.close}</summary>
        <form method="post" action={`/live/${room.id}/keeping/close`}>
          <button type="submit" class="btn sm harm">{live.close}</button>
        </form>
      </details>
    </Part>
  );
}

function Part({ id, title, children }: { id: string; title: string; children: ComponentChildren }) {
  return (
    <section class="card stack" id={id} aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{title}</h2>
      {children}
    </section>
  );
}

import type { CastRole } from "../../domain/cast.ts";
import { foreign } from "../chat/script.ts";
import { Icon } from "../icon.tsx";
import type { SceneData } from "./data.ts";

/** Who plays what in a scene for several. What is done here is a form: everybody hears of it by the log. */
export function CastFold({ cast, begun, data }: { cast: CastRole[]; begun: boolean; data: SceneData }) {
  const { words: { roleplay: { cast: words } }, place, own } = data;
  return (
    <details class="fold shown">
      <summary>
        <Icon name="people" /> {words.who}
      </summary>
      <div class="stack tight">
        <ul class="stack tight cast">
          {cast.map((role, n) => <One key={role.name} role={role} n={n} data={data} />)}
        </ul>
        <p class="s soft">{words.how}</p>
        {own && !begun && <a class="btn sm" href={`${place.path}/cast`}>{words.invite}</a>}
      </div>
    </details>
  );
}

function One({ role: { name, player, off }, n, data }: { role: CastRole; n: number; data: SceneData }) {
  const { words: { roleplay: { cast: words } }, lang, me, own, place } = data;
  const mine = player?.id === me.id;
  const act = (path: string, label: string, on?: boolean) => (
    <form method="post" action={`${place.path}/${path}`}>
      <input type="hidden" name="role" value={n} />
      {on && <input type="hidden" name="on" value="1" />}
      <button type="submit" class="btn sm quiet" aria-label={`${name}: ${label}`}>{label}</button>
    </form>
  );
  return (
    <li>
      <b lang={foreign(name, lang)}>{name}</b>
      <span class="s muted block">
        {mine ? words.me : player?.nickname ?? words.byBandi}
        {off && ` · ${words.off}`}
      </span>
      <div class="row">
        {own && act("stage", off ? words.on : words.away, off)}
        {n > 0 && player && (mine || own) && act("leave", mine ? words.leave : words.take)}
      </div>
    </li>
  );
}

/** Under the facts of a scene for one, while nothing was said: it may become one for several. */
export function Together({ data }: { data: SceneData }) {
  const { words: { roleplay: { cast } }, place, room } = data;
  if (room.items.some(({ kind }) => kind === "user" || kind === "admin")) return null;
  return (
    <a class="btn sm" href={`${place.path}/cast`}>
      <Icon name="people" /> {cast.invite}
    </a>
  );
}

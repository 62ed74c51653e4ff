import type { ComponentChildren } from "preact";
import { plainReasons, startersOf } from "../../ai/reasons.ts";
import type { Room } from "../../domain/room.ts";
import { Icon } from "../../islands/icon.tsx";
import type { Other } from "../../realtime/chats.ts";
import type { Between } from "../between.ts";
import type { AppContext } from "../context.ts";

type Props = { c: AppContext; room: Room; person: Other; shared: Between; muted: boolean; begun: boolean };

/** Beside the talk: why, what to say first (open until somebody has said something), where to rehearse it, and how to leave. */
export function Side({ c, room, person, shared: { facts }, muted, begun }: Props) {
  const { lang, words: { matching, pair } } = c.var;
  const { chats: words } = matching;
  const here = `/chats/${room.id}`;
  const reasons = plainReasons(facts, lang);
  return (
    <section class="side folds" aria-label={words.about}>
      {reasons.length > 0 && (
        <Fold icon="match" title={matching.why}>
          <ul class="stack tight s">
            {reasons.map(({ text, source, signal }) => (
              <li key={signal}>
                {text}{" "}
                <span class="muted">
                  · {source.kind === "profile" ? matching.sources[source.line] : matching.profile.plaza}
                </span>
              </li>
            ))}
          </ul>
        </Fold>
      )}
      {room.closedAt === undefined && (
        <>
          <Fold id="start" icon="bulb" title={words.start} open={!begun}>
            {startersOf(facts, lang).map((text) => (
              <button key={text} type="button" class="btn sm starter" data-starter={text}>{text}</button>
            ))}
            <p class="s muted">{words.startHow}</p>
          </Fold>
          <Fold icon="practice" title={pair.title}>
            <p class="s">{pair.lead}</p>
            <a class="btn sm" href={`${here}/pair`}>{pair.open}</a>
          </Fold>
          <Fold icon="play" title={words.rehearse}>
            <p class="s">{words.rehearseHow}</p>
            <a class="btn sm" href={`/roleplay/new?with=${room.id}`}>{words.rehearseDo}</a>
          </Fold>
        </>
      )}
      <Fold icon="more" title={words.more}>
        <Deed
          action={`${here}/mute`}
          label={muted ? words.unmute : words.mute}
          name="muted"
          value={muted ? "" : "on"}
        />
        {room.closedAt === undefined && (
          <Deed
            action={`${here}/goodbye`}
            label={words.goodbye}
            how={words.goodbyeHow}
          />
        )}
        <Sure summary={words.unmatch}>
          <Deed action={`${here}/unmatch`} label={words.unmatch} how={words.unmatchHow} harm />
        </Sure>
        <Sure summary={words.block}>
          <Deed
            action={`${here}/block`}
            label={words.block}
            how={words.blockHow}
            name="userId"
            value={person.id}
            harm
          />
        </Sure>
        <p class="s muted">{words.reportHow}</p>
      </Fold>
    </section>
  );
}

type FoldProps = { id?: string; icon: string; title: string; open?: boolean; children: ComponentChildren };

function Fold({ id, icon, title, open, children }: FoldProps) {
  return (
    <details id={id} class="fold" name="fold" open={open}>
      <summary>
        <Icon name={icon} />
        {title}
      </summary>
      <div class="stack tight">{children}</div>
    </details>
  );
}

/** What cannot be undone is pressed twice. */
function Sure({ summary, children }: { summary: string; children: ComponentChildren }) {
  return (
    <details class="sure">
      <summary class="err s">{summary}</summary>
      {children}
    </details>
  );
}

type DeedProps = { action: string; label: string; how?: string; name?: string; value?: string; harm?: boolean };

function Deed({ action, label, how, name, value, harm }: DeedProps) {
  return (
    <form class="stack tight" method="post" action={action}>
      {how && <p class="s soft">{how}</p>}
      {name && <input type="hidden" name={name} value={value} />}
      <button type="submit" class={`btn sm ${harm ? "harm" : ""}`}>{label}</button>
    </form>
  );
}

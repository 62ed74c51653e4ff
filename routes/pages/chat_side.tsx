import type { ComponentChildren } from "preact";
import { plainReasons, startersOf } from "../../ai/reasons.ts";
import { type SharedFact, sharedFacts } from "../../domain/matching/reasons.ts";
import type { Who } from "../../domain/person.ts";
import { langs } from "../../domain/person.ts";
import { otherOf, type Room } from "../../domain/room.ts";
import { fill } from "../../domain/words/fill.ts";
import { Icon } from "../../islands/icon.tsx";
import { findPortraits } from "../../kv/portraits.ts";
import { findPeople } from "../../kv/profiles.ts";
import type { Other } from "../../realtime/chats.ts";
import type { AppContext, Parts } from "../context.ts";

/** What two people share, and a language that both speak or learn. */
export type Between = { facts: SharedFact[]; language?: string };

export async function between({ store }: Pick<Parts, "store">, room: Room, who: Who): Promise<Between> {
  const ids = [who.id, otherOf(room, who.id)];
  const [people, portraits] = await Promise.all([findPeople(store, ids), findPortraits(store, ids)]);
  const sides = ids.map((id, i) => {
    const profile = people.get(id)?.profile, record = portraits[i];
    return profile && record ? { profile, portrait: record.portrait, terms: record.terms } : null;
  });
  const [me, other] = sides;
  if (!me || !other) return { facts: [] };
  const spoken = [...me.profile.learns, ...me.profile.speaks].filter((one) => other.profile.speaks.includes(one));
  return { facts: sharedFacts(me, other), language: spoken.find((one) => langs.some((lang) => lang === one)) };
}

type Props = { c: AppContext; room: Room; person: Other; shared: Between; muted: boolean };

/** Beside the talk: why, what to say first, where to rehearse it, and how to leave. */
export function Side({ c, room, person, shared: { facts, language }, muted }: Props) {
  const { lang, words: { matching } } = c.var;
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
          <Fold icon="bulb" title={words.start}>
            {startersOf(facts, lang).map((text) => (
              <button key={text} type="button" class="btn sm starter" data-starter={text}>{text}</button>
            ))}
            <p class="s muted">{words.startHow}</p>
          </Fold>
          <Fold icon="play" title={words.rehearse}>
            <p class="s">{words.rehearseHow}</p>
            <a class="btn sm" href={rehearsal(c, facts, language)}>{words.rehearseDo}</a>
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

/** The form of a new scene, about what the two share and in a language of the other: about nobody in particular. */
function rehearsal(c: AppContext, facts: SharedFact[], language = c.var.lang as string): string {
  const fact = facts.find((one) => one.what === "interest" || one.what === "term" || one.what === "region");
  const topic = fact && "name" in fact ? fact.name : c.var.words.matching.intentions.friend;
  const situation = fill(c.var.words.matching.chats.scene, { topic });
  return `/roleplay/new?${new URLSearchParams({ in: language, situation })}`;
}

function Fold({ icon, title, children }: { icon: string; title: string; children: ComponentChildren }) {
  return (
    <details class="fold" open>
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

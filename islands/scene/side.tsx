import { type Fact } from "../../domain/recollection.ts";
import type { Scene } from "../../domain/scene.ts";
import { reasonOf } from "../../domain/card_reason.ts";
import { fill } from "../../domain/words/fill.ts";
import { foreign } from "../chat/script.ts";
import { English } from "../harper/english.tsx";
import { Icon } from "../icon.tsx";
import { CastFold, Together } from "./cast.tsx";
import { Coach } from "./coach.tsx";
import type { SceneData } from "./data.ts";
import type { SceneHands } from "./hands.ts";
import { Sound } from "./sound.tsx";
import { Take } from "./take.tsx";

type Props = { data: SceneData; hands: SceneHands };

/** What stands beside the talk: goals, the scene or where the practice is, what is remembered, sounds. `said` is what the
 * reader said last. */
export function Side({ data, hands, said }: Props & { said: string }) {
  const { about: { scene, practice }, words: { roleplay, cards }, model } = data;
  const { sound } = hands;
  const { offRecord, review } = (scene ?? practice)!;
  return (
    <>
      {!model && <Offline data={data} />}
      {scene?.outcome && <Over scene={scene} data={data} />}
      {scene && !scene.outcome && <Goals scene={scene} data={data} />}
      {practice && <Coach practice={practice} data={data} />}
      {practice && practice.corrections !== "off" && data.english && (
        <details class="fold shown">
          <summary>
            <Icon name="pen" /> {data.english.words.title}
          </summary>
          {sound
            ? <English {...data.english} level={practice.corrections} text={said} />
            : <p class="s muted">{data.english.words.needsScript}</p>}
        </details>
      )}
      {review.length > 0 && (
        <details class="fold shown">
          <summary>
            <Icon name="retry" /> {roleplay.room.why}
          </summary>
          <div class="stack tight">
            <p class="s soft">{roleplay.room.whyHow}</p>
            {review.map((one) => (
              <p key={one.card} class="s">
                <del lang={foreign(one.said, data.lang)}>{one.said}</del>{" "}
                <ins lang={foreign(one.better, data.lang)}>{one.better}</ins>
                <span class="block soft">
                  {reasonOf(one, cards, data.lang, data.zone)} {one.why}
                </span>
              </p>
            ))}
          </div>
        </details>
      )}
      {scene?.cast && <CastFold cast={scene.cast} begun={scene.begun === true} data={data} />}
      {scene && <Facts scene={scene} data={data} />}
      {offRecord
        ? (
          <p class="notice off-record">
            <Icon name="hide" />
            <span>
              <b>{roleplay.room.offRecord}</b> <span class="block s">{roleplay.room.offRecordHow}</span>
            </span>
          </p>
        )
        : (
          <>
            {!scene?.cast && <Memory data={data} hands={hands} />}
            <Take data={data} />
          </>
        )}
      {sound && <Sound words={roleplay.speech} choice={sound.choice()} voice={model} choose={sound.choose} />}
    </>
  );
}

/** That no model speaks here, and why. */
function Offline({ data: { about: { scene }, words: { roleplay: { room } }, kept } }: { data: SceneData }) {
  const how = scene ? scene.scenario ? room.offline : room.offlineOwn : room.offlinePractice;
  return (
    <details class="fold shown">
      <summary>
        <Icon name="fire" /> {room.noModel}
      </summary>
      <p class="s">
        {kept ? room.kept : how} {room.noHints} {kept && <a href="/settings#consent">{room.keptChange}</a>}
      </p>
    </details>
  );
}

type SceneProps = { scene: Scene; data: SceneData };

function Goals({ scene: { goals, state }, data: { words: { roleplay: { room } }, lang } }: SceneProps) {
  const met = goals.filter((_, i) => state[i]?.met).length;
  const now = goals.findIndex((_, i) => !state[i]?.met);
  return (
    <details class="fold shown">
      <summary>
        <Icon name="flag" /> {fill(room.goals, { n: met, of: goals.length })}
      </summary>
      {goals.length === 0 && <p class="s soft">{room.noGoals}</p>}
      <ol class="goals">
        {goals.map((goal, i) => (
          <li key={goal} aria-current={i === now ? "step" : undefined}>
            <span class="pips" aria-hidden="true">
              <i class={state[i]?.met ? "on" : i === now ? "now" : undefined} />
            </span>
            <span>
              <span class="vh">{state[i]?.met ? room.met : room.unmet}</span>
              <b lang={foreign(goal, lang)}>{goal}</b>
              {state[i]?.reason && <span class="s muted" lang={foreign(state[i].reason, lang)}>{state[i].reason}</span>}
            </span>
          </li>
        ))}
      </ol>
    </details>
  );
}

/** How it ended and why, and what one can do now. */
function Over({ scene: { id, outcome, goals }, data: { words: { roleplay: { room } }, lang, own } }: SceneProps) {
  const { result, reason, goals: states } = outcome!;
  return (
    <section class={`leafbox stack tight over ${result}`} aria-labelledby="over" tabIndex={-1} id="outcome">
      <h2 id="over">
        <Icon name={result === "won" ? "check" : "flag"} /> {result === "won" ? room.won : room.lost}
      </h2>
      <p lang={foreign(reason, lang)}>{reason}</p>
      <ol class="goals">
        {goals.map((goal, i) => (
          <li key={goal}>
            <span class="pips" aria-hidden="true">
              <i class={states[i]?.met ? "on" : undefined} />
            </span>
            <span>
              <span class="vh">{states[i]?.met ? room.met : room.unmet}</span>
              <b lang={foreign(goal, lang)}>{goal}</b>
              {states[i]?.reason && (
                <span class="s muted" lang={foreign(states[i].reason, lang)}>{states[i].reason}</span>
              )}
            </span>
          </li>
        ))}
      </ol>
      <div class="row">
        {own && (
          <form method="post" action={`/roleplay/${id}/again`}>
            <button type="submit" class="btn main sm">{room.again}</button>
          </form>
        )}
        <a class="btn sm" href="/roleplay#gallery">{room.others}</a>
      </div>
    </section>
  );
}

function Facts({ scene, data }: SceneProps) {
  const { words: { roleplay }, lang } = data;
  const { room } = roleplay;
  const rows = [
    [room.language, roleplay.langs[scene.language]],
    [room.situation, scene.situation],
    ...scene.cast ? [] : [[room.me, scene.myRole], [room.them, scene.aiRole]],
    [room.level, roleplay.levels[scene.level]],
  ];
  return (
    <details class="fold shown">
      <summary>
        <Icon name="play" /> {room.facts}
      </summary>
      <div class="stack tight">
        <dl class="facts">
          {rows.map(([name, value]) => (
            <>
              <dt>{name}</dt>
              <dd lang={foreign(value, lang)}>{value}</dd>
            </>
          ))}
        </dl>
        {scene.moved && <p class="s soft">{room.moved[scene.moved]}</p>}
        <p class="row">
          {data.own && <a class="btn sm" href={`${data.place.path}/edit`}>{room.edit}</a>}
          {!scene.cast && <Together data={data} />}
        </p>
      </div>
    </details>
  );
}

/** What is remembered, each with the line that it comes from; what is forgotten is never sent again. */
function Memory({ data, hands }: Props) {
  const { about: { memory }, words: { roleplay: { room } }, lang, place } = data;
  const { summary, facts } = memory;
  const forget = (gone: Fact) => hands.remember({ summary, facts: facts.filter((one) => one !== gone) });
  return (
    <details class="fold">
      <summary>
        <Icon name="list" /> {room.memory}
      </summary>
      <div class="stack tight s">
        {!summary && facts.length === 0 && <p class="soft">{room.memoryNone}</p>}
        {summary && (
          <p lang={foreign(summary, lang)}>
            <b class="block">{room.summary}</b>
            {summary}
          </p>
        )}
        <ul class="stack tight">
          {facts.map((fact, i) => (
            <li key={fact.text} class="row between">
              <span class="grow" lang={foreign(fact.text, lang)}>{fact.text}</span>
              {fact.seq && <a href={`${place.path}?at=${fact.seq}#m${fact.seq}`}>{room.source}</a>}
              <form
                method="post"
                action={`${place.path}/forget`}
                onSubmit={(event) => {
                  event.preventDefault();
                  forget(fact);
                }}
              >
                <input type="hidden" name="fact" value={i} />
                <button type="submit" class="link" aria-label={`${room.forget}: ${fact.text}`}>{room.forget}</button>
              </form>
            </li>
          ))}
        </ul>
        {(summary || facts.length > 0) && <a class="btn sm" href={`${place.path}/memory`}>{room.editMemory}</a>}
      </div>
    </details>
  );
}

import type { Practice } from "../../domain/practice.ts";
import { dialIn } from "../../domain/words/dates.ts";
import { fill } from "../../domain/words/fill.ts";
import { Icon } from "../icon.tsx";
import type { SceneData } from "./data.ts";

/** Where a practice is: today's requests, the questions of an interview, how strictly sentences are put right. */
export function Coach({ practice, data }: { practice: Practice; data: SceneData }) {
  const { about: { quota }, words: { practice: words, roleplay, level: { moved: why } }, place } = data;
  const { interview, level, mode, moved } = practice;
  return (
    <>
      {interview?.done && (
        <p class="leafbox row between over won">
          <b>{words.report}</b>
          <a class="btn main sm" href={`${place.path}/report`}>{words.openReport}</a>
        </p>
      )}
      {quota && (
        <details class="fold shown">
          <summary>
            <Icon name="clock" />
            {quota.left > 0 ? fill(words.left, { n: quota.left }) : words.leftNone}
          </summary>
          <p class="s soft">
            {fill(words.resets, { time: dialIn(quota.resetsAt, quota.zone), n: quota.of })}
          </p>
        </details>
      )}
      <details class="fold shown">
        <summary>
          <Icon name="bulb" /> {why.title}: {roleplay.levels[level]}
        </summary>
        <p class="s soft">
          {moved && fill(why[mode][moved.how], { n: moved.right, of: moved.of })}{" "}
          <a href={`/practice/level?in=${practice.language}#own`}>{why.change}</a>
        </p>
      </details>
      {interview && interview.questions.length > 0 && <Questions interview={interview} words={words} />}
      <details class="fold shown">
        <summary>
          <Icon name="pen" />
          {words.corrections}: {words.correctionLevels[practice.corrections]}
        </summary>
        <form class="stack tight" method="post" action={`${place.path}/corrections`}>
          {(["off", "light", "strict"] as const).map((level) => (
            <label key={level} class="pick row">
              <input type="radio" name="corrections" value={level} checked={practice.corrections === level} />
              <b class="s">{words.correctionLevels[level]}</b>
              <span class="s muted">{words.correctionHow[level]}</span>
            </label>
          ))}
          <button type="submit" class="btn sm">{words.saveCorrections}</button>
        </form>
      </details>
    </>
  );
}

type QuestionsProps = { interview: NonNullable<Practice["interview"]>; words: SceneData["words"]["practice"] };

/** How far the interview is; the questions to come are not told. */
function Questions({ interview: { questions, at, done }, words }: QuestionsProps) {
  const now = Math.min(at + 1, questions.length);
  return (
    <details class="fold shown">
      <summary>
        <Icon name="list" /> {fill(words.questions, { n: now, of: questions.length })}
      </summary>
      <ol class="goals">
        {questions.slice(0, now).map(({ ask }, i) => (
          <li key={ask} aria-current={i === at && !done ? "step" : undefined}>
            <span class="pips" aria-hidden="true">
              <i class={i < at || done ? "on" : "now"} />
            </span>
            <span>{ask}</span>
          </li>
        ))}
      </ol>
    </details>
  );
}

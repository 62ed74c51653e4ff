import type { Report, Reported } from "../../domain/practice.ts";
import { type StarPart, starParts } from "../../domain/star.ts";
import { fill } from "../../domain/words/fill.ts";
import { foreign } from "../../islands/chat/script.ts";
import { Icon } from "../../islands/icon.tsx";
import type { AppContext } from "../context.ts";

type Props = { c: AppContext; report: Report; before?: Report; title: string };

/** An interview's report; done once more, the earlier one stands beside it. */
export function ReportSheet({ c, report, before, title }: Props) {
  const { practice, roleplay } = c.var.words;
  const path = `/practice/${report.room}`;
  return (
    <div class="page">
      <header class="row between">
        <div class="grow">
          <p class="s">
            <a href={path}>{title}</a>
          </p>
          <h1>{practice.report}</h1>
          <p class="soft">{fill(practice.reportOf, { n: report.attempt })}</p>
        </div>
        <form method="post" action={`${path}/again`}>
          <button type="submit" class="btn main">
            <Icon name="retry" /> {practice.retry}
          </button>
        </form>
      </header>
      <Total c={c} report={report} before={before} />
      {report.byRules && <p class="notice">{practice.byRules}</p>}
      {report.answers.map((answer, i) => (
        <Answer
          key={answer.question}
          c={c}
          n={i + 1}
          answer={answer}
          before={before?.answers[i]}
          byRules={report.byRules}
        />
      ))}
      <p class="row">
        <a class="btn" href="/practice">{practice.back}</a>
        <a class="btn quiet" href="/roleplay">{roleplay.title}</a>
      </p>
    </div>
  );
}

function Total({ c, report, before }: Omit<Props, "title">) {
  const { practice } = c.var.words;
  const step = before && report.score - before.score;
  return (
    <section class="leafbox row between big" aria-label={practice.total}>
      <p>
        <span class="score num">{report.score}</span> / 100
      </p>
      {before && step !== undefined && (
        <p>
          <b class={step < 0 ? "soft" : "ok"}>
            {step === 0 ? practice.same : fill(step > 0 ? practice.rose : practice.fell, { n: Math.abs(step) })}
          </b>{" "}
          <a class="s" href={`/practice/${before.room}/report`}>
            {practice.earlier}: <span class="num">{before.score}</span>
          </a>
        </p>
      )}
    </section>
  );
}

type AnswerProps = { c: AppContext; n: number; answer: Reported; before?: Reported; byRules: boolean };

function Answer({ c, n, answer, before, byRules }: AnswerProps) {
  const { words: { practice }, lang } = c.var;
  const { question, followUp, said, better, score } = answer;
  const spoken = (text: string) => foreign(text, lang);
  return (
    <section class="card stack" aria-labelledby={`q${n}`}>
      <header class="row between">
        <h2 id={`q${n}`} class="grow">
          <span class="s muted block">{fill(practice.answer, { n })}</span>
          <span lang={spoken(question)}>{question}</span>
        </h2>
        <p>
          <span class="score num">{score}</span> / 20
        </p>
      </header>
      <div class={before ? "cols even" : "cols"}>
        <div class="stack">
          {before && <h3>{practice.now}</h3>}
          <Star c={c} answer={answer} before={before} />
        </div>
        <div class="stack">
          {before
            ? (
              <>
                <h3>
                  {practice.earlier} <span class="num">{before.score}</span> / 20
                </h3>
                <Star c={c} answer={before} />
              </>
            )
            : <Better c={c} text={better} byRules={byRules} />}
        </div>
      </div>
      {before && <Better c={c} text={better} byRules={byRules} />}
      <details>
        <summary class="link s">{practice.myAnswer}</summary>
        <p class="s said" lang={spoken(said)}>{said}</p>
        {followUp && <p class="s muted" lang={spoken(followUp)}>{practice.followUp}: {followUp}</p>}
      </details>
    </section>
  );
}

/** Each part with its points, my own words, and what would lift it. */
function Star({ c, answer, before }: { c: AppContext; answer: Reported; before?: Reported }) {
  const { words: { practice }, lang } = c.var;
  return (
    <ol class="star">
      {starParts.map((part: StarPart) => {
        const { score, quote, hint } = answer.star[part];
        return (
          <li key={part}>
            <p>
              <b>{practice.parts[part]}</b>
            </p>
            <p class="row">
              <span class="pips" role="img" aria-label={fill(practice.outOf, { n: score })}>
                {Array.from({ length: 5 }, (_, i) => <i key={i} class={i < score ? "on" : undefined} />)}
              </span>
              {before && <span class="s muted num">{before.star[part].score} → {score}</span>}
            </p>
            {quote
              ? <p class="q" lang={foreign(quote, lang)}>“{quote}”</p>
              : <p class="s muted">{hint || practice.missing}</p>}
            {hint && quote && <p class="s soft">{hint}</p>}
          </li>
        );
      })}
    </ol>
  );
}

function Better({ c, text, byRules }: { c: AppContext; text: string; byRules: boolean }) {
  const { words: { practice }, lang } = c.var;
  return (
    <div class="stack tight">
      <h3>{practice.better}</h3>
      <blockquote class="leafbox better" lang={foreign(text, lang)}>{text}</blockquote>
      <p class="s muted">{byRules ? practice.betterHow : practice.betterModel}</p>
    </div>
  );
}

import { Hono } from "hono";
import { askedIn, nextQuestion } from "../../ai/level_check/question.ts";
import {
  CHECK_STEPS,
  type CheckQuestion,
  type CheckStep,
  countAt,
  isOver,
  type LevelCheck,
  levelFound,
} from "../../domain/level_check.ts";
import { langs } from "../../domain/person.ts";
import { levels } from "../../domain/scene.ts";
import { fill } from "../../domain/words/fill.ts";
import { foreign } from "../../islands/chat/script.ts";
import { Helplines } from "../../islands/chat/care.tsx";
import { Icon } from "../../islands/icon.tsx";
import { levelCheckOf } from "../../kv/level_checks.ts";
import type { AppContext, AppEnv, Parts } from "../context.ts";
import { me } from "../guard.ts";
import { Page, show } from "./layout.tsx";

type Props = { c: AppContext; check: LevelCheck };

/** The level check, a step at a time, and what it found, with what showed it. */
export function levelPages(parts: Parts): Hono<AppEnv> {
  return new Hono<AppEnv>().get("/practice/level", async (c) => {
    const language = langs.find((lang) => lang === c.req.query("in")) ?? "en";
    if (!c.var.who) return c.redirect(`/login?next=${encodeURIComponent(`/practice/level?in=${language}`)}`, 303);
    const check = await levelCheckOf(parts.store, me(c).id, language);
    const { level, roleplay } = c.var.words;
    const next = nextQuestion(check);
    return show(
      c,
      <Page c={c} house={parts} title={level.title} nav="practice">
        <div class="page narrow">
          <header class="stack tight">
            <p class="row">
              <a class="ico" href="/practice" aria-label={level.back}>
                <Icon name="back" />
              </a>
              <b>{roleplay.langs[language]}</b>
            </p>
            <h1>{level.title}</h1>
            {!isOver(check) && <p class="soft">{level.lead} {level.free}</p>}
          </header>
          {/* Nothing was judged or kept. */ c.req.query("care") && (
            <section class="letter care stack tight">
              <Helplines crisis={c.var.words.crisis} />
            </section>
          )}
          {next ? <Step c={c} check={check} question={next.question} /> : <Found c={c} check={check} />}
          {isOver(check) && <Shown c={c} check={check} />}
          <Own c={c} check={check} />
        </div>
      </Page>,
    );
  });
}

function Step({ c, check: { language }, question }: Props & { question: CheckQuestion }) {
  const { level } = c.var.words, { step, of, ask, options } = question;
  const said = { "aria-describedby": c.req.query("blank") ? "asked blank" : "asked" };
  return (
    <form class="card stack" method="post" action="/practice/level" id="here" aria-labelledby="step">
      <input type="hidden" name="language" value={language} />
      <input type="hidden" name="step" value={step} />
      <div class="stack tight">
        <h2 id="step">{fill(level.step, { n: step + 1, of })}</h2>
        <p class="pips" aria-hidden="true">
          {Array.from({ length: of }, (_, i) => <i key={i} class={i < step ? "on" : i === step ? "now" : undefined} />)}
        </p>
        <p class="s soft">{options ? level.choose : level.write}</p>
        <p class="big" id="asked" lang={language}>{ask}</p>
      </div>
      {c.req.query("blank") && <p class="s err" role="alert" id="blank">{level.blank}</p>}
      {options
        ? (
          <fieldset class="stack tight" {...said}>
            <legend class="vh">{level.field}</legend>
            {options.map((option) => (
              <label key={option} class="pick row">
                <input type="radio" name="said" value={option} required />
                <span lang={language}>{option}</span>
              </label>
            ))}
          </fieldset>
        )
        : (
          <label>
            <span class="label">{level.field}</span>
            <textarea class="input" name="said" rows={3} maxLength={600} required lang={language} {...said} />
          </label>
        )}
      <p class="row">
        <button type="submit" class="btn main">{level.answer}</button>
        <button type="submit" class="btn" name="unknown" value="1" formNoValidate>{level.dontKnow}</button>
      </p>
      <p class="row s">
        <a href="/practice">{level.later}</a>
        <a href="#own">{level.skip}</a>
      </p>
    </form>
  );
}

/** The level that was found, and which answers made it so. */
function Found({ c, check: { language, steps } }: Props) {
  const { level: words, roleplay } = c.var.words;
  const found = levelFound(steps), { right, of } = countAt(steps, found), level = roleplay.levels[found];
  return (
    <section class="leafbox stack tight over" id="here" aria-labelledby="found">
      <h2 id="found">{fill(words.found, { level })}</h2>
      <p>
        {of > 0 && fill(words.foundWhy, { level, n: right, of })} {found !== "hard" && words.foundLow}
      </p>
      <form method="post" action="/practice/level/anew">
        <input type="hidden" name="language" value={language} />
        <button type="submit" class="btn sm">{words.anew}</button>
      </form>
    </section>
  );
}

function Shown({ c, check }: Props) {
  const { level } = c.var.words;
  return (
    <section class="card stack" aria-labelledby="shown">
      <h2 id="shown">{level.shown}</h2>
      <ol class="stack">
        {check.steps.map((step) => <Answer key={step.item} c={c} check={check} step={step} />)}
      </ol>
    </section>
  );
}

function Answer({ c, check, step: { item, level: asked, said, right, why, byRules } }: Props & { step: CheckStep }) {
  const { words: { level, roleplay }, lang } = c.var;
  const { ask, right: fits } = askedIn(check, item);
  return (
    <li class="stack tight">
      <p>
        <b lang={check.language}>{ask}</b> <span class="badge">{roleplay.levels[asked]}</span>
      </p>
      <p class="s">
        {said === undefined ? level.saidUnknown : (
          <>
            <Icon name={right ? "check" : "x"} /> {right ? level.right : level.wrong}:{" "}
            <q lang={check.language}>{said}</q>
          </>
        )}
      </p>
      {fits && !right && (
        <p class="s soft">
          {level.rightIs}: <b lang={check.language}>{fits}</b>
        </p>
      )}
      {why && <p class="s soft" lang={foreign(why, lang)}>{why}</p>}
      {byRules && <p class="s muted">{level.byRules}</p>}
    </li>
  );
}

/** The level in use, and another if one knows better. */
function Own({ c, check: { language, own } }: Props) {
  const { level: words, roleplay } = c.var.words;
  const inUse = own && fill(own.by === "self" ? words.bySelf : words.byCheck, { level: roleplay.levels[own.level] });
  return (
    <form class="card stack" method="post" action="/practice/level/own" id="own" aria-labelledby="own-title">
      <input type="hidden" name="language" value={language} />
      <div class="stack tight">
        <h2 id="own-title">{words.own}</h2>
        <p class="s soft">{words.ownHow}</p>
        <p>{inUse ?? words.noneYet}</p>
      </div>
      <fieldset class="stack tight">
        <legend class="vh">{words.own}</legend>
        {levels.map((level) => (
          <label key={level} class="pick row">
            <input type="radio" name="level" value={level} checked={level === (own?.level ?? "normal")} />
            <b class="s">{roleplay.levels[level]}</b>
            <span class="s muted">{roleplay.levelHow[level]}</span>
          </label>
        ))}
      </fieldset>
      <button type="submit" class="btn">{words.set}</button>
      <p class="s muted">{words.used}</p>
    </form>
  );
}

/** One's levels, language by language, on the way to a practice. */
export function OwnLevels({ c, checks }: { c: AppContext; checks: LevelCheck[] }) {
  const { level: words, roleplay } = c.var.words;
  return (
    <section class="card stack tight" aria-labelledby="levels">
      <h2 id="levels">{words.yours}</h2>
      <ul>
        {checks.map(({ language, steps, own }) => {
          const begun = steps.length > 0 && !isOver({ steps });
          return (
            <li key={language}>
              <a class="item" href={`/practice/level?in=${language}`}>
                <span>
                  <b>{roleplay.langs[language]}</b>
                  <span class="s">
                    {own ? roleplay.levels[own.level] : words.unknown} ·{" "}
                    {begun ? fill(words.resume, { n: steps.length, of: CHECK_STEPS }) : own ? words.see : words.check}
                  </span>
                </span>
              </a>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

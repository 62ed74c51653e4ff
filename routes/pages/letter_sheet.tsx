import { CROWD, isOffline, type Letter } from "../../domain/letter.ts";
import type { Lang } from "../../domain/person.ts";
import { fill } from "../../domain/words/fill.ts";
import { inWords } from "../../domain/words/dates.ts";
import { Icon } from "../../islands/icon.tsx";
import type { AppContext } from "../context.ts";
import { Canopy } from "./canopy.tsx";
import { type Own, OwnHalf } from "./own_letter_half.tsx";
import { MoodMeter } from "./mood_meter.tsx";

type Props = { c: AppContext; letter: Letter; before?: string; after?: string; own: Own | null };

/** A letter to everybody, in the reader's language. `before` and `after` are the dates of its neighbours; `own` is the reader's half. */
export function LetterSheet({ c, letter, before, after, own }: Props) {
  const { words: { letter: words }, lang } = c.var;
  const { title, paragraphs } = letter.texts[lang];
  return (
    <article class="sheet" aria-labelledby="letter-title">
      <header class="canopy">
        <Canopy scene="bar" />
        <p class="s">
          <a href="/">{words.plaza}</a> · <a href="/letters">{words.all}</a>
        </p>
        <h1 id="letter-title">{title}</h1>
        <p>{fill(words.dated, { date: inWords(letter.date, "full", lang) })}</p>
      </header>
      <section aria-labelledby="to-all">
        <h2 id="to-all">
          <span class="badge">{words.toAll}</span> {letter.quiet && <span class="badge ok">{words.quiet}</span>}
        </h2>
        <div class="with">
          <div>
            {paragraphs.map((text, i) => <p key={i} class="prose">{text}</p>)}
            <p class="prose row">
              <span class="av ai" aria-hidden="true">
                <Icon name="fire" />
              </span>{" "}
              {words.sign}
            </p>
          </div>
          <Figures c={c} letter={letter} />
        </div>
      </section>
      {own && <OwnHalf c={c} date={letter.date} own={own} />}
      <footer class="stack tight">
        <p class="notice glow">
          <Icon name="fire" />
          <span>{fill(words[byWhom(letter, lang)], { n: letter.buzzes })}</span>
        </p>
        <nav class="row between" aria-label={words.others}>
          <Neighbour c={c} date={before} label={words.before} back />
          <a class="btn quiet" href="/letters">{words.all}</a>
          <Neighbour c={c} date={after} label={words.after} />
        </nav>
        <Lines c={c} />
      </footer>
    </article>
  );
}

function byWhom(letter: Letter, lang: Lang): "byNobody" | "byOffline" | "byFigures" | "byModel" {
  if (isOffline(letter, lang)) return letter.buzzes ? "byOffline" : "byNobody";
  return letter.writers < CROWD ? "byFigures" : "byModel";
}

/** Numbers only: how many, how it felt, what it was about. */
function Figures({ c, letter: { moods, writers, buzzes, texts } }: { c: AppContext; letter: Letter }) {
  const { words, lang } = c.var;
  const { themes } = texts[lang];
  const felt = Object.keys(moods).length > 0;
  if (!felt && themes.length === 0) return null;
  return (
    <aside class="leafbox" aria-label={words.letter.lastDay}>
      <div class="grow">
        <p class="label">{fill(words.letter.moodsOf, { n: writers })}</p>
        <p class="s soft">{fill(words.letter.buzzes, { n: buzzes })}</p>
        {felt && <MoodMeter words={words} counts={moods} />}
        {themes.length > 0 && (
          <>
            <p class="label" id="themes">{words.letter.themes}</p>
            <ul class="row themes" aria-labelledby="themes">
              {themes.map((theme) => <li key={theme} class="badge">{theme}</li>)}
            </ul>
          </>
        )}
      </div>
    </aside>
  );
}

function Neighbour({ c, date, label, back }: { c: AppContext; date?: string; label: string; back?: boolean }) {
  if (!date) return <span />;
  const day = inWords(date, "short", c.var.lang);
  return (
    <a class="btn" href={`/letters/${date}`} rel={back ? "prev" : "next"} aria-label={`${label}, ${day}`}>
      {back && <Icon name="back" />}
      {day}
      {!back && <Icon name="next" />}
    </a>
  );
}

/** Where a voice can be reached, at the end of every letter. */
function Lines({ c }: { c: AppContext }) {
  const { letter, crisis } = c.var.words;
  return (
    <div class="s muted lines">
      <p>{letter.alone}</p>
      <ul class="row">
        {crisis.lines.map(({ name, number }) => (
          <li key={number}>
            {name} <a href={`tel:${number}`}>{number}</a>
          </li>
        ))}
      </ul>
    </div>
  );
}

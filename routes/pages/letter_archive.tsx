import type { Letter } from "../../domain/letter.ts";
import { moodEmoji, moods } from "../../domain/mood.ts";
import { fill } from "../../domain/words/fill.ts";
import { inWords } from "../../domain/words/dates.ts";
import type { AppContext } from "../context.ts";
import { Empty } from "./layout.tsx";
import { Pager } from "./pager.tsx";

type Letters = { items: Letter[]; page: number; pages: number };
type Props = { c: AppContext; letters: Letters; today: string; mayWrite: boolean };

/** All letters, newest first; for administrators, the way to have one written now. */
export function LetterArchive({ c, letters: { items, page, pages }, today, mayWrite }: Props) {
  const { letter: words } = c.var.words;
  return (
    <div class="page">
      <header class="row">
        <div class="grow">
          <h1>{words.all}</h1>
          <p class="soft">{words.lead}</p>
        </div>
      </header>
      {mayWrite && <WriteNow c={c} today={today} action="/letters" />}
      {items.length === 0 && (
        <Empty title={words.empty} text={words.emptyHow}>
          <p>
            <a class="btn main" href="/">{c.var.words.page.home}</a>
          </p>
        </Empty>
      )}
      <ul class="letters">
        {items.map((letter) => (
          <li key={letter.date}>
            <Card c={c} letter={letter} />
          </li>
        ))}
      </ul>
      <Pager words={c.var.words} page={page} pages={pages} href={(n) => n === 1 ? "/letters" : `/letters?page=${n}`} />
    </div>
  );
}

function Card({ c, letter }: { c: AppContext; letter: Letter }) {
  const { words, lang } = c.var;
  const { title, paragraphs } = letter.texts[lang];
  const felt = moods.filter((mood) => letter.moods[mood])
    .sort((a, b) => (letter.moods[b] ?? 0) - (letter.moods[a] ?? 0)).slice(0, 3);
  return (
    <a class="letter" href={`/letters/${letter.date}`}>
      <span class="s soft">{inWords(letter.date, "full", lang)}</span>
      <h2>{title}</h2>
      <q>{paragraphs.slice(0, 3).join(" ")}</q>
      <span class="row s soft">
        {fill(words.letter.buzzes, { n: letter.buzzes })}
        {felt.map((mood) => (
          <span key={mood}>
            <span class="e" aria-hidden="true">{moodEmoji[mood]}</span> {words.moods[mood]}
          </span>
        ))}
        {letter.quiet && <span class="badge ok">{words.letter.quiet}</span>}
      </span>
    </a>
  );
}

/** The form that has a letter written now. */
export function WriteNow({ c, today, action }: { c: AppContext; today: string; action: string }) {
  const { admin } = c.var.words;
  return (
    <section class="card stack tight" aria-labelledby="write-title">
      <h2 id="write-title">
        {admin.writeNow} <span class="badge staff">{admin.badge}</span>
      </h2>
      <p class="s soft">{admin.writeHow}</p>
      <form class="row" method="post" action={action}>
        <label class="label" for="date">{admin.date}</label>
        <input class="input date" type="date" id="date" name="date" value={today} max={today} required />
        <button type="submit" class="btn main">{admin.write}</button>
      </form>
    </section>
  );
}

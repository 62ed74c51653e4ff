import type { Letter } from "../../domain/letter.ts";
import { langs } from "../../domain/person.ts";
import { inWords } from "../../domain/words/dates.ts";
import { wordsIn } from "../../domain/words/words.ts";
import { Icon } from "../../islands/icon.tsx";
import type { AppContext } from "../context.ts";
import { Field } from "./door_form.tsx";

/** The newest letters. */
export function Inbox({ c, letters }: { c: AppContext; letters: Letter[] }) {
  const { words: { my, letter: words }, lang } = c.var;
  return (
    <section class="card" id="letters" aria-labelledby="inbox-title">
      <h2 id="inbox-title">{my.inbox}</h2>
      {letters.length === 0 && <p class="s soft">{my.emptyInbox}</p>}
      <ul>
        {letters.map((letter) => (
          <li key={letter.date}>
            <a class="item" href={`/letters/${letter.date}`}>
              <Icon name="letter" />
              <span>
                <b>{letter.texts[lang].title}</b>
                <span class="s">{inWords(letter.date, "short", lang)}</span>
              </span>
            </a>
          </li>
        ))}
      </ul>
      {letters.length > 0 && <a class="btn quiet sm" href="/letters">{words.all}</a>}
    </section>
  );
}

/** What the profile form holds after a refused try, and why. */
export type Tried = { nickname: string; error?: string };
type ProfileProps = { c: AppContext; nickname: string; tried?: Tried; saved: boolean };

export function ProfileForm({ c, nickname, tried, saved }: ProfileProps) {
  const { words: { account, my, door, page, nav }, lang, theme } = c.var;
  return (
    <section class="card" id="edit" aria-labelledby="edit-title">
      <h2 id="edit-title">{my.profile}</h2>
      <form class="stack" method="post" action="/mypage/profile">
        {saved && <p class="s ok" role="status">{my.saved}</p>}
        <Field
          name="nickname"
          label={door.nickname}
          hint={my.nicknameHint}
          error={tried?.error}
          autofocus={tried?.error !== undefined}
          input={{ value: tried?.nickname ?? nickname, autocomplete: "nickname", maxlength: 200 }}
        />
        <Choice name="lang" label={page.language} chosen={lang} options={langs.map((l) => [l, wordsIn(l).langName])} />
        <Choice name="theme" label={page.theme} chosen={theme ?? "auto"} options={Object.entries(page.themes)} />
        <button type="submit" class="btn main full">{my.save}</button>
      </form>
      <a class="btn full" href="/settings">{account.open}</a>
      <form method="post" action="/logout">
        <button type="submit" class="btn quiet full">{nav.logout}</button>
      </form>
    </section>
  );
}

type ChoiceProps = { name: string; label: string; chosen: string; options: [value: string, label: string][] };

function Choice({ name, label, chosen, options }: ChoiceProps) {
  return (
    <fieldset>
      <legend class="label">{label}</legend>
      <div class="row">
        {options.map(([value, text]) => (
          <label key={value} class="chip pick" lang={name === "lang" ? value : undefined}>
            <input type="radio" name={name} value={value} checked={value === chosen} />
            {text}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

import { Icon } from "../../islands/icon.tsx";
import { langs } from "../../domain/person.ts";
import { wordsIn } from "../../domain/words/words.ts";
import type { AppContext } from "../context.ts";

const themes = ["auto", "light", "dark"] as const;

/** Language and theme at the end of pages that scroll. */
export function Foot({ c }: { c: AppContext }) {
  const { page } = c.var.words;
  return (
    <footer class="foot">
      <ul aria-label={page.language}>
        <Langs c={c} />
      </ul>
      <ul aria-label={page.theme}>
        <Themes c={c} />
      </ul>
    </footer>
  );
}

/** The same as a menu, for pages without an end; for people who are in, with the way out. */
export function More({ c }: { c: AppContext }) {
  const { words, who } = c.var;
  return (
    <details class="more" name="more">
      <summary class="ico" aria-label={words.page.more}>
        <Icon name="globe" />
      </summary>
      <div>
        <p class="label" id="more-lang">{words.page.language}</p>
        <ul aria-labelledby="more-lang">
          <Langs c={c} />
        </ul>
        <p class="label" id="more-theme">{words.page.theme}</p>
        <ul aria-labelledby="more-theme">
          <Themes c={c} />
        </ul>
        {who && (
          <form method="post" action="/logout">
            <button type="submit">{words.nav.logout}</button>
          </form>
        )}
      </div>
    </details>
  );
}

function Langs({ c }: { c: AppContext }) {
  return (
    <>
      {langs.map((lang) => (
        <li key={lang}>
          <a
            href={here(c, "lang", lang)}
            lang={lang}
            hreflang={lang}
            aria-current={c.var.lang === lang ? "true" : undefined}
          >
            {wordsIn(lang).langName}
          </a>
        </li>
      ))}
    </>
  );
}

function Themes({ c }: { c: AppContext }) {
  const { page } = c.var.words;
  const chosen = c.var.theme ?? "auto";
  return (
    <>
      {themes.map((theme) => (
        <li key={theme}>
          <a href={here(c, "theme", theme)} aria-current={chosen === theme ? "true" : undefined}>
            {page.themes[theme]}
          </a>
        </li>
      ))}
    </>
  );
}

/** This page's address with one thing changed. */
function here(c: AppContext, name: string, value: string): string {
  const { pathname, search } = new URL(c.req.url);
  const query = new URLSearchParams(search);
  for (const switched of ["lang", "theme"]) query.delete(switched);
  query.set(name, value);
  return `${pathname}?${query}`;
}

import type { CardSettings } from "../../domain/card.ts";
import type { Consent } from "../../domain/consent.ts";
import type { AppContext } from "../context.ts";

/** Where Harper works once the island has come; until then it says what it needs. */
export function EnglishCorner({ c }: { c: AppContext }) {
  const { english } = c.var.words.cards;
  return (
    <section class="card stack tight" aria-labelledby="english-title">
      <h2 id="english-title">{english.title}</h2>
      <p class="s soft">{english.how}</p>
      <div id="english">
        <p class="s muted">{english.needsScript}</p>
      </div>
    </section>
  );
}

type CardSettingsProps = { c: AppContext; settings: CardSettings; consent: Consent; offline: boolean };

/** Which rooms besides the AI rooms may make cards, and what stands against it. */
export function CardSettingsForm({ c, settings, consent, offline }: CardSettingsProps) {
  const { cards: words } = c.var.words;
  return (
    <section class="card stack tight" id="sources" aria-labelledby="sources-title">
      <h2 id="sources-title">{words.settings}</h2>
      <p class="s soft">{words.settingsHow}</p>
      {offline && <p class="s muted">{words.settingsOffline}</p>}
      <form class="stack tight" method="post" action="/progress/settings">
        {c.req.query("saved") === "1" && <p class="s ok" role="status">{words.saved}</p>}
        {(["live", "direct"] as const).map((source) => (
          <>
            <label class="switch">
              {words[source]}
              <input type="checkbox" role="switch" name={source} value="1" checked={settings[source]} />
            </label>
            {settings[source] && !consent[source] && (
              <p class="s muted">
                {words.settingsKept} <a href="/settings#consent">{words.settingsKeptChange}</a>
              </p>
            )}
          </>
        ))}
        <button type="submit" class="btn">{words.save}</button>
      </form>
    </section>
  );
}

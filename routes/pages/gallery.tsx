import { scenarioIn } from "../../ai/gallery/gallery.ts";
import { type Area, areas, type ScenarioId, scenarioIds, scenarios } from "../../ai/gallery/scenario.ts";
import { type Lang, langs } from "../../domain/person.ts";
import { fill } from "../../domain/words/fill.ts";
import type { AppContext } from "../context.ts";

/** What of the gallery is shown, and in which language its scenes are played. */
export type GalleryQuestion = { area?: Area; language: Lang };
type Props = { c: AppContext; asked: GalleryQuestion };

/** The hand-written scenes as cards: one press begins one. Links and forms only. */
export function Gallery({ c, asked }: Props) {
  const { roleplay } = c.var.words;
  const shown = scenarioIds.filter((id) => !asked.area || scenarios[id].area === asked.area);
  return (
    <section class="stack" id="gallery" aria-labelledby="gallery-title">
      <header class="stack tight">
        <h2 id="gallery-title">{roleplay.gallery}</h2>
        <p class="s soft">{fill(roleplay.galleryHow, { n: scenarioIds.length })}</p>
        <Filters c={c} asked={asked} />
      </header>
      <ul class="scenes">
        {shown.map((id) => <Scenario key={id} c={c} id={id} language={asked.language} />)}
      </ul>
    </section>
  );
}

function Filters({ c, asked: { area, language } }: Props) {
  const { roleplay } = c.var.words;
  const address = (next: Partial<GalleryQuestion>) => {
    const query = new URLSearchParams({ in: next.language ?? language });
    const wanted = "area" in next ? next.area : area;
    if (wanted) query.set("area", wanted);
    return `/roleplay?${query}#gallery`;
  };
  return (
    <div class="row between">
      <nav class="row" aria-label={roleplay.area}>
        {[undefined, ...areas].map((one) => (
          <a
            key={one ?? "all"}
            class="chip"
            href={address({ area: one })}
            aria-current={one === area ? "true" : undefined}
          >
            {roleplay.areas[one ?? "all"]}
          </a>
        ))}
      </nav>
      <nav class="row" aria-label={roleplay.practise}>
        <span class="s muted" aria-hidden="true">{roleplay.practise}</span>
        {langs.map((one) => (
          <a
            key={one}
            class="chip"
            href={address({ language: one })}
            aria-current={one === language ? "true" : undefined}
          >
            {roleplay.langs[one]}
          </a>
        ))}
      </nav>
    </div>
  );
}

function Scenario({ c, id, language }: { c: AppContext; id: ScenarioId; language: Lang }) {
  const { words: { roleplay }, lang, who } = c.var;
  const { emoji, tint, level } = scenarios[id];
  const { title, situation, mine, theirs, tags } = scenarioIn(id, lang);
  const tune = `/roleplay/new?scenario=${id}&in=${language}`;
  return (
    <li class="card scene-card stack tight" id={id}>
      <div class="row">
        <span class="av" data-mood={tint} aria-hidden="true">{emoji}</span>
        <h3 class="grow">{title}</h3>
        <span class={level === "hard" ? "badge keeper" : "badge"}>{roleplay.levels[level]}</span>
      </div>
      <p class="s soft clamp">{situation}</p>
      <p class="s">{fill(roleplay.roles, { mine, theirs })}</p>
      <p class="s muted">{tags.map((tag) => `#${tag}`).join(" ")}</p>
      <div class="row end">
        {who
          ? (
            <form method="post" action="/roleplay">
              <input type="hidden" name="scenario" value={id} />
              <input type="hidden" name="language" value={language} />
              <button type="submit" class="btn main sm">
                {roleplay.begin} <span class="vh">{title}</span>
              </button>
            </form>
          )
          : (
            <a class="btn main sm" href={`/login?next=${encodeURIComponent(tune)}`}>
              {roleplay.beginGuest} <span class="vh">{title}</span>
            </a>
          )}
        <a class="btn quiet sm" href={tune}>
          {roleplay.tune} <span class="vh">{title}</span>
        </a>
      </div>
    </li>
  );
}

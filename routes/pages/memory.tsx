import type { Recollection } from "../../domain/recollection.ts";
import { fill } from "../../domain/words/fill.ts";
import { Icon } from "../../islands/icon.tsx";
import type { AppContext, Parts } from "../context.ts";
import { Page, show } from "./layout.tsx";

type Props = { c: AppContext; parts: Parts; path: string; nav: "roleplay" | "practice"; memory: Recollection };

/** What is remembered of a room, to be put right: an emptied line is forgotten. */
export function drawMemory({ c, parts, path, nav, memory: { summary, facts } }: Props) {
  const { room } = c.var.words.roleplay;
  return show(
    c,
    <Page c={c} house={parts} title={room.memory} nav={nav}>
      <div class="page narrow">
        <header class="row">
          <a class="ico" href={path} aria-label={room.backToTalk}>
            <Icon name="back" />
          </a>
          <h1 class="grow">{room.memory}</h1>
        </header>
        <form class="card stack" method="post" action={`${path}/memory`}>
          <p class="s soft">{room.memoryHow}</p>
          <label>
            <span class="label">{room.summary}</span>
            <textarea class="input" name="summary" rows={5} maxLength={2_000}>{summary}</textarea>
          </label>
          {facts.map(({ text, seq }, i) => (
            <div key={text} class="stack tight">
              <input
                class="input"
                name={`fact${i}`}
                value={text}
                maxLength={200}
                aria-label={fill(room.fact, { n: i + 1 })}
              />
              {seq && <a class="s" href={`${path}?at=${seq}#m${seq}`}>{room.source}</a>}
            </div>
          ))}
          <button type="submit" class="btn main">{room.saveMemory}</button>
        </form>
      </div>
    </Page>,
  );
}

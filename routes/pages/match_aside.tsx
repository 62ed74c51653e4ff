import { type MatchProfile, readables } from "../../domain/profile.ts";
import type { AppContext } from "../context.ts";
import { tongueIn } from "./tongues.ts";

/** What the companion may read, as switches that work by a press of "save". */
export function Readables({ c, profile }: { c: AppContext; profile: MatchProfile }) {
  const { profile: words } = c.var.words.matching;
  return (
    <section class="card stack tight" aria-labelledby="reads">
      <h2 id="reads">{words.reads}</h2>
      <form class="stack tight" method="post" action="/match/reads">
        {readables.map((name) => (
          <label key={name} class="switch">
            <span class="grow">{words[name]}</span>
            <input
              type="checkbox"
              role="switch"
              name={name}
              checked={profile.reads[name]}
            />
          </label>
        ))}
        <p class="s muted">{words.readsHow}</p>
        <button type="submit" class="btn sm">{words.save}</button>
      </form>
    </section>
  );
}

/** The hard conditions as they are now. */
export function Conditions({ c, profile }: { c: AppContext; profile: MatchProfile }) {
  const { lang, words: { matching } } = c.var;
  const rows = [
    [matching.wants, profile.intentions.map((one) => matching.intentions[one]).join(", ")],
    [matching.speaks, profile.speaks.map((one) => tongueIn(lang, one)).join(", ")],
    [matching.age, `${profile.ages.from}–${profile.ages.to}`],
  ];
  return (
    <section class="card stack tight" aria-labelledby="binding">
      <h2 id="binding">{matching.profile.conditions}</h2>
      <dl class="stack tight">
        {rows.map(([name, value]) => (
          <div key={name} class="row between">
            <dt>{name}</dt>
            <dd>
              <b>{value}</b>
            </dd>
          </div>
        ))}
      </dl>
      <p class="s muted">{matching.profile.conditionsHow}</p>
      <a class="btn sm" href="/match/profile#conditions">{matching.none.change}</a>
    </section>
  );
}

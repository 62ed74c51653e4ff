import { lengths, type OwnLetterWish, sourceSurfaces, tones } from "../../domain/own_letter.ts";
import type { AppContext } from "../context.ts";

/** Whether, how and from what: the form, folded once it is chosen. */
export function OwnLetterWishForm({ c, date, wish }: { c: AppContext; date: string; wish: OwnLetterWish }) {
  const words = c.var.words.ownLetter;
  const radios = <T extends string>(
    name: "tone" | "length",
    label: string,
    all: readonly T[],
    said: Record<T, string>,
  ) => (
    <fieldset>
      <legend class="label">{label}</legend>
      <div class="row wrap">
        {all.map((one) => (
          <label key={one} class="chip pick">
            <input type="radio" name={name} value={one} checked={wish[name] === one} /> {said[one]}
          </label>
        ))}
      </div>
    </fieldset>
  );
  return (
    <details class="card" open={!wish.on}>
      <summary>{wish.on ? words.settings : words.offer}</summary>
      <form class="stack" method="post" action={`/letters/${date}/wish`}>
        <label class="row">
          <input type="checkbox" name="on" value="on" checked={wish.on} /> {words.on}
        </label>
        {radios("tone", words.tone, tones, words.tones)}
        {radios("length", words.length, Object.keys(lengths) as (keyof typeof lengths)[], words.lengths)}
        <fieldset>
          <legend class="label">{words.surfaces}</legend>
          {sourceSurfaces.map((surface) => (
            <label key={surface} class="row">
              <input type="checkbox" name={`reads_${surface}`} value="on" checked={wish.surfaces.includes(surface)} />
              {" "}
              {words.surface[surface]}
            </label>
          ))}
          <p class="s">
            <a href="/settings#consent">{words.switchedOff}</a>
          </p>
        </fieldset>
        <button type="submit" class="btn">{words.save}</button>
      </form>
    </details>
  );
}

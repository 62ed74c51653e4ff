import { useContext } from "preact/hooks";
import { fill } from "../../domain/words/fill.ts";
import type { Words } from "../../domain/words/words.ts";
import { Icon } from "../icon.tsx";
import { ViewContext } from "./view.ts";

/** The calm card: who answers right now. It stays until it is closed by hand. */
export function Care({ close }: { close(): void }) {
  const { crisis } = useContext(ViewContext).words;
  return (
    <div class="letter care stack tight" role="status">
      <Helplines crisis={crisis} />
      <p class="row between s">
        {crisis.stay}
        <button type="button" class="link" onClick={close}>{crisis.close}</button>
      </p>
    </div>
  );
}

export function Helplines({ crisis }: Pick<Words, "crisis">) {
  return (
    <>
      <h2>
        <Icon name="care" /> {crisis.title}
      </h2>
      <p>{crisis.body}</p>
      <ul class="row">
        {crisis.lines.map(({ name, number }, i) => (
          <li key={number}>
            <a
              class={i ? "btn" : "btn main"}
              href={`tel:${number}`}
              aria-label={`${name}: ${fill(crisis.call, { number })}`}
            >
              {fill(crisis.call, { number })}
            </a>
          </li>
        ))}
      </ul>
      <p class="s">{crisis.urgent}</p>
    </>
  );
}

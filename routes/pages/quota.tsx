import { dialIn } from "../../domain/words/dates.ts";
import { fill } from "../../domain/words/fill.ts";
import type { Quota } from "../../domain/quota.ts";
import { Icon } from "../../islands/icon.tsx";
import type { AppContext } from "../context.ts";

/** What is left today and when it resets; always shown. */
export function QuotaBox({ c, quota: { left, of, resetsAt, zone } }: { c: AppContext; quota: Quota }) {
  const { practice } = c.var.words;
  const how = fill(practice.resets, { time: dialIn(resetsAt, zone), n: of });
  if (left <= 0) {
    return (
      <section class="notice" aria-labelledby="quota">
        <Icon name="clock" />
        <div>
          <h2 id="quota">{practice.leftNone}</h2>
          <p class="s soft">{how}</p>
        </div>
      </section>
    );
  }
  return (
    <section class="leafbox row between big" aria-labelledby="quota">
      <div class="grow">
        <h2 id="quota">{fill(practice.left, { n: left })}</h2>
        <p class="s soft">{how}</p>
      </div>
      {of <= 10 && (
        <span class="pips" role="img" aria-label={fill(practice.pips, { n: left, of })}>
          {Array.from({ length: of }, (_, i) => <i key={i} class={i < left ? "on" : undefined} />)}
        </span>
      )}
    </section>
  );
}

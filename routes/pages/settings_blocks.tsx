import { Hono } from "hono";
import { faceOf } from "../../domain/face.ts";
import { fill } from "../../domain/words/fill.ts";
import { dateAt } from "../../domain/day.ts";
import { inWords } from "../../domain/words/dates.ts";
import { blocksOf, type NamedBlock } from "../blocks.ts";
import type { AppContext, AppEnv } from "../context.ts";
import { me, member } from "../guard.ts";
import { doneAt, isDone, type OpenSection } from "./settings_section.ts";

const ID = "blocks";

/** Whom I have blocked, with a way to take each back. */
export const blocksSection: OpenSection = (parts) => ({
  id: ID,
  async draw({ c }) {
    return <Blocks key={ID} c={c} blocks={await blocksOf(parts, me(c).id)} zone={parts.env.letterTimeZone} />;
  },
  forms: () =>
    new Hono<AppEnv>().post("/settings/blocks/:user/undo", member, async (c) => {
      await parts.blocks.remove(me(c).id, c.req.param("user"));
      return c.redirect(doneAt(ID), 303);
    }),
});

function Blocks({ c, blocks, zone }: { c: AppContext; blocks: NamedBlock[]; zone: string }) {
  const { lang, words: { privacy: { blocks: words } } } = c.var;
  return (
    <section class="card stack" id={ID} aria-labelledby={`${ID}-title`}>
      <h2 id={`${ID}-title`}>{words.title}</h2>
      {isDone(c, ID) && <p class="s ok" role="status">{words.undone}</p>}
      <p class="s soft">{words.lead}</p>
      {blocks.length === 0 ? <p class="s soft">{words.none}</p> : (
        <ul class="stack tight">
          {blocks.map(({ userId, nickname, at }) => (
            <li key={userId} class="row">
              <span class="av" data-mood={faceOf(userId).tint} aria-hidden="true">{faceOf(userId).animal}</span>
              <div class="grow">
                <b>{nickname}</b>
                <p class="s soft">{fill(words.since, { date: inWords(dateAt(at, zone), "full", lang) })}</p>
              </div>
              <form method="post" action={`/settings/blocks/${userId}/undo`}>
                <button type="submit" class="btn sm" aria-label={fill(words.undoOf, { name: nickname })}>
                  {words.undo}
                </button>
              </form>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

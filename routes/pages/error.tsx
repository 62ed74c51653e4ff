import { wordsIn } from "../../domain/words/words.ts";
import { fill } from "../../domain/words/fill.ts";
import type { AppContext, Parts } from "../context.ts";
import type { RenderError } from "../problem.ts";
import { Empty, Page, show } from "./layout.tsx";

/** What went wrong, as a kind page with a way on. */
export function errorPage({ assets, env }: Pick<Parts, "assets" | "env">): RenderError {
  return (c, told) => {
    ready(c);
    const { page } = c.var.words;
    const title = told.status === 404 ? page.lost : page.stopped;
    const fields = Object.values(told.fields ?? {});
    c.status(told.status as 400);
    return show(
      c,
      <Page c={c} house={{ assets, env }} title={title} main="page">
        <Empty title={title} text={told.detail} heading="h1">
          {fields.map((field) => <p key={field} class="err">{field}</p>)}
          <p class="row">
            <a class="btn main" href="/">{page.home}</a>
          </p>
          {told.status >= 500 && <p class="s muted">{fill(page.number, { id: told.requestId })}</p>}
        </Empty>
      </Page>,
    );
  };
}

/** An error may come before the middleware that finds the reader's language. */
function ready(c: AppContext): void {
  if (c.get("words")) return;
  c.set("lang", "ko");
  c.set("words", wordsIn("ko"));
}

import type { ComponentChildren } from "preact";
import { Icon } from "../../islands/icon.tsx";
import type { AppContext } from "../context.ts";
import type { Tried } from "./attempt.ts";

type Props = {
  c: AppContext;
  /** What will happen, in one sentence. */
  text: string;
  action: string;
  /** Where to go instead. */
  back: string;
  /** The button's words. */
  yes: string;
  harm?: boolean;
  /** Somebody will be told the reason. */
  told?: boolean;
  tried?: Tried;
  children?: ComponentChildren;
};

/** Asks once more before something is done, with the reason that the record will show. */
export function Ask({ c, text, action, back, yes, harm = true, told = false, tried, children }: Props) {
  const { desk } = c.var.words;
  return (
    <form class="card stack" method="post" action={action}>
      <p class={`notice ${harm ? "bad" : ""}`}>
        <Icon name={harm ? "flag" : "bulb"} />
        <span>{text}</span>
      </p>
      {tried && (
        <p class="err" role="alert" id="problem">
          {tried.message}
        </p>
      )}
      {children}
      <Reason c={c} told={told} tried={tried} />
      <p class="row">
        <button type="submit" class={`btn ${harm ? "harm" : "main"}`}>{yes}</button>
        <a class="btn quiet" href={back}>{desk.back}</a>
      </p>
    </form>
  );
}

function Reason({ c, told, tried }: { c: AppContext; told: boolean; tried?: Tried }) {
  const { desk } = c.var.words;
  const wrong = tried?.fields.why;
  return (
    <div>
      <label class="label" for="why">{desk.why}</label>
      <textarea
        class="input"
        id="why"
        name="why"
        rows={2}
        maxlength={200}
        required
        aria-invalid={wrong ? "true" : undefined}
        aria-describedby="why-h"
      >
        {String(tried?.sent.why ?? "")}
      </textarea>
      <p class={`s ${wrong ? "err" : "soft"}`} id="why-h">{wrong ?? (told ? desk.whyTold : desk.whyHow)}</p>
    </div>
  );
}

import type { ComponentChildren } from "preact";
import { MOST_ROLES } from "../../domain/cast.ts";
import { type Lang, langs } from "../../domain/person.ts";
import { levels, MOST_GOALS } from "../../domain/scene.ts";
import { explainField } from "../../domain/words/explain.ts";
import { fill } from "../../domain/words/fill.ts";
import type { AppContext } from "../context.ts";
import { Field } from "./door_form.tsx";

/** What the fields hold, as the form sends it. */
export type SceneValues = {
  language: Lang;
  title: string;
  situation: string;
  myRole: string;
  aiRole: string;
  level: string;
  goals: string[];
  /** More roles, which people may play. */
  others?: string[];
  tags: string;
  scenario?: string;
  /** The room of two whose first talk it rehearses. */
  with?: string;
  /** Made of one's own buzz. */
  felt?: true;
};
type Props = {
  c: AppContext;
  action: string;
  values: SceneValues;
  /** What was wrong, a code for each field. */
  errors?: Record<string, string>;
  /** A scene that is there already keeps its language and whether it is recorded. */
  changes?: boolean;
  children?: ComponentChildren;
};

/** The fields of a scene: to make one, and to change one. What was wrong stands at its field. */
export function SceneForm({ c, action, values, errors = {}, changes = false, children }: Props) {
  const { form } = c.var.words.roleplay;
  const error = (name: string) => errors[name] && explainField(c.var.words, errors[name]);
  const first = Object.keys(errors)[0];
  const text = (name: "title" | "myRole" | "aiRole", hint: string | undefined, max: number) => (
    <Field
      name={name}
      label={form[name]}
      hint={hint}
      error={error(name)}
      autofocus={first === name}
      input={{ value: values[name], maxLength: max, autoComplete: "off" }}
    />
  );
  return (
    <form class="stack" method="post" action={action}>
      {values.with && <input type="hidden" name="with" value={values.with} />}
      {values.scenario && <input type="hidden" name="scenario" value={values.scenario} />}
      {!changes && <Languages c={c} chosen={values.language} />}
      {text("title", form.titleHow, 40)}
      <div>
        <label class="label" for="situation">{form.situation}</label>
        <textarea
          class="input"
          id="situation"
          name="situation"
          rows={4}
          required
          maxLength={600}
          autofocus={first === "situation"}
          aria-invalid={errors.situation ? "true" : undefined}
          aria-describedby="situation-h"
        >
          {values.situation}
        </textarea>
        <p class={`s ${errors.situation ? "err" : "muted"}`} id="situation-h">
          {error("situation") ?? form.situationHow}
        </p>
      </div>
      <div class="pair">
        {text("myRole", undefined, 60)}
        {text("aiRole", undefined, 60)}
      </div>
      {!changes && <Others c={c} values={values} />}
      <Levels c={c} chosen={values.level} />
      <fieldset class="stack tight">
        <legend class="label">{form.goals}</legend>
        {Array.from({ length: MOST_GOALS }, (_, i) => (
          <input
            key={i}
            class="input"
            name={`goal${i}`}
            value={values.goals[i] ?? ""}
            maxLength={80}
            autoComplete="off"
            aria-label={fill(form.goal, { n: i + 1 })}
          />
        ))}
        {errors.goals && <p class="s err">{error("goals")}</p>}
      </fieldset>
      <Field
        name="tags"
        label={form.tags}
        hint={form.tagsHow}
        error={error("tags")}
        input={{ value: values.tags, required: false, maxLength: 120, autoComplete: "off" }}
      />
      {!changes && (
        <label class="switch">
          <span>
            {form.record}
            <span class="s muted block">{form.recordHow}</span>
          </span>
          <input type="checkbox" name="offRecord" value="1" />
        </label>
      )}
      {children}
      <button type="submit" class="btn main">{changes ? form.change : form.save}</button>
      {changes && <p class="s muted">{form.changeHow}</p>}
    </form>
  );
}

function Others({ c, values: { others = [] } }: { c: AppContext; values: SceneValues }) {
  const { cast } = c.var.words.roleplay;
  return (
    <fieldset class="stack tight" aria-describedby="others-h">
      <legend class="label">{cast.title} · {cast.more}</legend>
      {Array.from({ length: MOST_ROLES - 2 }, (_, i) => (
        <input
          key={i}
          class="input"
          name={`other${i}`}
          value={others[i] ?? ""}
          maxLength={60}
          autoComplete="off"
          aria-label={fill(cast.role, { n: i + 3 })}
        />
      ))}
      <p class="s muted" id="others-h">{cast.moreHow}</p>
    </fieldset>
  );
}

export function Languages({ c, chosen, id = "language" }: { c: AppContext; chosen: Lang; id?: string }) {
  const { roleplay } = c.var.words;
  return (
    <fieldset>
      <legend class="label">{roleplay.form.language}</legend>
      <div class="row">
        {langs.map((lang) => (
          <label key={lang} class="chip pick">
            <input type="radio" id={`${id}-${lang}`} name="language" value={lang} checked={lang === chosen} />
            {roleplay.langs[lang]}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function Levels({ c, chosen }: { c: AppContext; chosen: string }) {
  const { roleplay } = c.var.words;
  return (
    <fieldset class="stack tight">
      <legend class="label">{roleplay.form.level}</legend>
      {levels.map((level) => (
        <label key={level} class="pick row">
          <input type="radio" name="level" value={level} checked={level === chosen} />
          <b class="s">{roleplay.levels[level]}</b>
          <span class="s muted">{roleplay.levelHow[level]}</span>
        </label>
      ))}
    </fieldset>
  );
}

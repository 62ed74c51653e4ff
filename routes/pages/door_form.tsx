import type { InputHTMLAttributes } from "preact";
import type { AppContext } from "../context.ts";
import { safeNext } from "../door.ts";
import type { DoorView } from "../door_forms.ts";
import { Icon } from "../../islands/icon.tsx";

/** The fields of one door. What was wrong stands at its field, and the first wrong one has the focus. */
export function DoorForm({ c, view }: { c: AppContext; view: DoorView }) {
  const { words } = c.var;
  const { door } = words;
  const { mode, values } = view;
  const errors = errorsOf(view, words.problems.username_taken);
  const focused = Object.keys(errors)[0] ?? (view.problem ? "password" : undefined);
  const field = (name: Name) => ({ name, error: errors[name], autofocus: focused === name });
  const general = view.problem && Object.keys(errors).length === 0 ? view.problem : undefined;
  return (
    <form class="stack" method="post" action={`/${mode}${new URL(c.req.url).search}`} data-door={mode}>
      {general && (
        <p class="notice bad" role="alert" id="door-problem">
          <Icon name="lock" />
          <span>{general}</span>
        </p>
      )}
      <input type="hidden" name="next" value={safeNext(values.next)} />
      {mode === "register" && (
        <Field
          {...field("nickname")}
          label={door.nickname}
          hint={door.nicknameHint}
          input={{ value: values.nickname, autocomplete: "nickname", maxlength: 200 }}
        />
      )}
      <Field
        {...field("username")}
        label={door.username}
        hint={mode === "register" ? door.usernameHint : undefined}
        input={{ value: values.username, autocomplete: "username", autocapitalize: "none", spellcheck: false }}
      />
      <Field
        {...field("password")}
        label={door.password}
        hint={mode === "register" ? door.passwordHint : undefined}
        describedBy={general && "door-problem"}
        input={{ type: "password", autocomplete: mode === "register" ? "new-password" : "current-password" }}
      />
      <button type="submit" class="btn main full">{mode === "register" ? door.join : door.enter}</button>
      {mode === "login" && <a class="btn quiet full" href="/forgot">{words.account.forgot.link}</a>}
    </form>
  );
}

type Name = "nickname" | "username" | "password";

/** Errors in the order of the fields. A taken username is one too. */
function errorsOf({ fields = {}, problem }: DoorView, taken: string): Partial<Record<Name, string>> {
  const said = problem === taken ? { ...fields, username: taken } : fields;
  const names: Name[] = ["nickname", "username", "password"];
  return Object.fromEntries(names.filter((name) => said[name]).map((name) => [name, said[name]]));
}

type FieldProps = {
  name: string;
  label: string;
  hint?: string;
  error?: string;
  describedBy?: string;
  autofocus?: boolean;
  input: InputHTMLAttributes<HTMLInputElement>;
};

/** A labelled input with one line under it: the rule, or what is wrong. */
export function Field({ name, label, hint, error, describedBy, autofocus, input }: FieldProps) {
  const line = `${name}-h`;
  const described = [describedBy, (hint || error) && line].filter(Boolean).join(" ");
  return (
    <div>
      <label class="label" for={name}>{label}</label>
      <input
        class="input"
        type="text"
        id={name}
        name={name}
        required
        autofocus={autofocus}
        aria-invalid={error ? "true" : undefined}
        aria-describedby={described || undefined}
        {...input}
      />
      {(hint || error) && <p class={`s ${error ? "err" : "muted"}`} id={line} aria-live="polite">{error ?? hint}</p>}
    </div>
  );
}

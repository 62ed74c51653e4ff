import { roles } from "../../domain/person.ts";
import { inTime } from "../../domain/words/explain.ts";
import type { AppContext } from "../context.ts";

export function Roles({ c, chosen }: { c: AppContext; chosen: string }) {
  const { words } = c.var;
  const options = roles.map((role): Option => [role, words.roles[role]]);
  return <Choice name="role" label={words.desk.people.role} options={options} chosen={chosen} />;
}

const minutes = [10, 60, 24 * 60, 7 * 24 * 60];

export function Minutes({ c, chosen }: { c: AppContext; chosen: string }) {
  const { words } = c.var;
  const options = minutes.map((n): Option => [`${n}`, inTime(words, n * 60)]);
  return <Choice name="minutes" label={words.desk.people.minutes} options={options} chosen={chosen || "10"} />;
}

type Option = [value: string, label: string];
type ChoiceProps = { name: string; label: string; options: Option[]; chosen: string };

/** One of a few. */
export function Choice({ name, label, options, chosen }: ChoiceProps) {
  return (
    <fieldset>
      <legend class="label">{label}</legend>
      <div class="row">
        {options.map(([value, text]) => (
          <label key={value} class="chip pick">
            <input type="radio" name={name} value={value} checked={value === chosen} />
            {text}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

/** What the form says along without asking. */
export function Hidden({ values }: { values: Record<string, string> }) {
  return (
    <>
      {Object.entries(values).map(([name, value]) => <input key={name} type="hidden" name={name} value={value} />)}
    </>
  );
}

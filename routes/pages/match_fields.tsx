import type { ComponentChildren } from "preact";
import { intentions, prompts, readables, type Tongue, tongues, visibilities } from "../../domain/profile.ts";
import type { AppContext } from "../context.ts";
import { Field } from "./door_form.tsx";
import { tongueIn } from "./tongues.ts";

/** What the form holds, field by field. */
export type Values = Record<string, string | undefined>;
type Props = { c: AppContext; values: Values; errors: Record<string, string> };

/** The fields of a matching profile. What was wrong stands at its field. */
export function ProfileFields({ c, values, errors }: Props) {
  const { matching } = c.var.words;
  const { profile: words } = matching;
  const of = (path: string) => Object.entries(errors).find(([name]) => name.split(".")[0] === path)?.[1];
  const line = { required: false, autocomplete: "off" } as const;
  return (
    <>
      <Field
        name="birthYear"
        label={words.birthYear}
        hint={words.birthYearHint}
        error={of("birthYear")}
        input={{ value: values.birthYear, inputMode: "numeric", maxLength: 4, autocomplete: "bday-year" }}
      />
      <Ticks legend={matching.wants} id="line-intention" error={of("intentions")}>
        {intentions.map((one) => (
          <Tick key={one} name={`intentions.${one}`} values={values}>{matching.intentions[one]}</Tick>
        ))}
      </Ticks>
      <Tongues c={c} legend={matching.speaks} id="line-languages" name="speaks" values={values} error={of("speaks")} />
      <Tongues c={c} legend={matching.learns} name="learns" values={values} error={of("learns")} />
      <div id="line-interests">
        <Field
          name="interests"
          label={words.interests}
          hint={words.interestsHint}
          error={of("interests")}
          input={{ ...line, value: values.interests, maxLength: 400 }}
        />
      </div>
      <div id="line-region">
        <Field
          name="region"
          label={words.region}
          hint={words.regionHint}
          error={of("region")}
          input={{ ...line, value: values.region, maxLength: 160 }}
        />
      </div>
      <div class="stack tight" id="line-prompts">
        {prompts.map((one) => (
          <div key={one}>
            <label class="label" for={`prompts.${one}`}>{words.prompts[one]}</label>
            <textarea class="input" id={`prompts.${one}`} name={`prompts.${one}`} rows={2} maxLength={200}>
              {values[`prompts.${one}`]}
            </textarea>
          </div>
        ))}
        {of("prompts") && <p class="s err">{of("prompts")}</p>}
      </div>
      <fieldset class="stack tight" id="conditions">
        <legend class="label">{words.conditions}</legend>
        <p class="s muted">{words.conditionsHow}</p>
        <div class="row ages">
          <Age name="ages.from" label={words.agesFrom} value={values["ages.from"]} />
          <Age name="ages.to" label={words.agesTo} value={values["ages.to"]} />
        </div>
        {of("ages") && <p class="s err">{of("ages")}</p>}
        <Tongues c={c} legend={words.wanted} name="wants" values={values} hint={words.wantedHint} />
      </fieldset>
      <fieldset class="stack tight">
        <legend class="label">{words.reads}</legend>
        {readables.map((one) => <Switch key={one} name={`reads.${one}`} values={values}>{words[one]}</Switch>)}
        <p class="s muted">{words.readsHow}</p>
      </fieldset>
      <fieldset>
        <legend class="label">{words.visibility}</legend>
        <div class="row">
          {visibilities.map((one) => (
            <label key={one} class="chip pick">
              <input type="radio" name="visibility" value={one} checked={values.visibility === one} />
              {words.visibilities[one]}
            </label>
          ))}
        </div>
      </fieldset>
      <div>
        <Switch name="receipts" values={values}>{words.receipts}</Switch>
        <p class="s muted">{words.receiptsHow}</p>
      </div>
    </>
  );
}

type TicksProps = { legend: string; id?: string; hint?: string; error?: string; children: ComponentChildren };

function Ticks({ legend, id, hint, error, children }: TicksProps) {
  return (
    <fieldset id={id}>
      <legend class="label">{legend}</legend>
      <div class="row">{children}</div>
      {(error || hint) && <p class={`s ${error ? "err" : "muted"}`}>{error ?? hint}</p>}
    </fieldset>
  );
}

function Tick({ name, values, lang, children }: { name: string; values: Values; lang?: string; children: string }) {
  return (
    <label class="chip pick" lang={lang}>
      <input type="checkbox" name={name} checked={Boolean(values[name])} />
      {children}
    </label>
  );
}

type TonguesProps = Omit<TicksProps, "children"> & { c: AppContext; name: string; values: Values };

function Tongues({ c, name, values, ...rest }: TonguesProps) {
  return (
    <Ticks {...rest}>
      {tongues.map((one: Tongue) => (
        <Tick key={one} name={`${name}.${one}`} values={values}>{tongueIn(c.var.lang, one)}</Tick>
      ))}
    </Ticks>
  );
}

function Age({ name, label, value }: { name: string; label: string; value?: string }) {
  return (
    <label class="row">
      <span>{label}</span>
      <input class="input age" type="number" name={name} min={19} max={120} value={value} required />
    </label>
  );
}

function Switch({ name, values, children }: { name: string; values: Values; children: string }) {
  return (
    <label class="switch">
      <span class="grow">{children}</span>
      <input type="checkbox" role="switch" name={name} checked={Boolean(values[name])} />
    </label>
  );
}

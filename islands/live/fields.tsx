import type { Access, Room } from "../../domain/room.ts";
import type { Words } from "../../domain/words/words.ts";
import { titleOf } from "./rooms.tsx";

type Props = { room: Room; words: Words["live"] };

/** What a room is called, what it is about, and, unless it is `steady`, who may read it. */
export function OwnFields({ room, words, steady }: Props & { steady: boolean }) {
  return (
    <>
      <label>
        <span class="label">{words.name}</span>
        <input class="input" name="title" maxLength={40} required defaultValue={titleOf(room, words)} />
      </label>
      <label>
        <span class="label">{words.topic}</span>
        <input class="input" name="topic" maxLength={80} defaultValue={room.topic} />
      </label>
      {!steady && (
        <fieldset class="stack tight">
          <legend class="label">{words.access}</legend>
          <p class="row">
            {(Object.keys(words.accesses) as Access[]).map((access) => (
              <label key={access} class="chip">
                <input type="radio" name="access" value={access} defaultChecked={room.access === access} />
                {words.accesses[access]}
              </label>
            ))}
          </p>
        </fieldset>
      )}
    </>
  );
}

/** What a room asks of its writers. */
export function SettingFields({ room, words }: Props) {
  const { slow = 0, age = 0, links = true, unique = false, readOnly = false } = room.settings ?? {};
  return (
    <>
      <Amount name="slow" label={words.slow} hint={words.slowHint} value={slow} max={3_600} />
      <Amount name="age" label={words.age} hint={words.ageHint} value={age} max={24 * 365} />
      <Switch name="links" label={words.links} on={links} />
      <Switch name="unique" label={words.unique} on={unique} />
      <Switch name="readOnly" label={words.readOnly} on={readOnly} />
    </>
  );
}

type AmountProps = { name: string; label: string; hint: string; value: number; max: number };

function Amount({ name, label, hint, value, max }: AmountProps) {
  return (
    <label>
      <span class="label">{label}</span>
      <input class="input" type="number" name={name} min={0} max={max} required defaultValue={String(value)} />
      <span class="s muted">{hint}</span>
    </label>
  );
}

function Switch({ name, label, on }: { name: string; label: string; on: boolean }) {
  return (
    <label class="switch">
      <span class="grow">{label}</span>
      <input type="checkbox" role="switch" name={name} defaultChecked={on} />
    </label>
  );
}

import { accesses, isSteady, type Room, settingsOf } from "../../domain/room.ts";
import type { AppContext } from "../context.ts";

/** What a room asks of its writers. A ticked box holds people back; `links` of the settings is the other way round. */
export function SettingFields({ c, room }: { c: AppContext; room: Room }) {
  const { rooms } = c.var.words.desk;
  const { slow, age, links, unique, readOnly } = settingsOf(room);
  return (
    <fieldset class="stack tight">
      <legend class="label">{rooms.settings}</legend>
      <Amount name="slow" label={rooms.slowLabel} value={slow} max={3_600} />
      <Amount name="age" label={rooms.ageLabel} value={age} max={24 * 365} />
      <Switch name="links" label={rooms.links} on={!links} />
      <Switch name="unique" label={rooms.unique} on={unique} />
      <Switch name="readOnly" label={rooms.readOnly} on={readOnly} />
    </fieldset>
  );
}

/** What a room is called, what it is about and who may read it. */
export function OwnFields({ c, room }: { c: AppContext; room: Room }) {
  const { live } = c.var.words;
  const { title, topic, access } = room;
  return (
    <>
      <div>
        <label class="label" for="title">{live.name}</label>
        <input class="input" id="title" name="title" value={title} maxLength={40} required={!isSteady(room)} />
      </div>
      <div>
        <label class="label" for="topic">{live.topic}</label>
        <input class="input" id="topic" name="topic" value={topic} maxLength={80} />
      </div>
      {!isSteady(room) && (
        <fieldset class="stack tight">
          <legend class="label">{live.access}</legend>
          <p class="row">
            {accesses.map((one) => (
              <label key={one} class="chip">
                <input type="radio" name="access" value={one} checked={access === one} />
                {live.accesses[one]}
              </label>
            ))}
          </p>
        </fieldset>
      )}
    </>
  );
}

function Amount({ name, label, value, max }: { name: string; label: string; value: number; max: number }) {
  return (
    <div>
      <label class="label" for={name}>{label}</label>
      <input class="input" type="number" id={name} name={name} value={value} min={0} max={max} step={1} required />
    </div>
  );
}

function Switch({ name, label, on }: { name: string; label: string; on: boolean }) {
  return (
    <label class="switch">
      {label}
      <input type="checkbox" name={name} checked={on} />
    </label>
  );
}

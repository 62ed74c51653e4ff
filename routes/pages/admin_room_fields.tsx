import { type Room, settingsOf } from "../../domain/room.ts";
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

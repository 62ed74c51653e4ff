import type { Hands } from "../chat/hands.ts";
import { Icon } from "../icon.tsx";
import { type RoomLevel, roomLevels } from "../../domain/room_level.ts";
import type { LiveData } from "./data.ts";

type Props = { data: LiveData; level: RoomLevel; hands: Hands };

/** What the reader is told of this room while away. A form, also without scripts. */
export function Level({ data: { words: { roomLevel: words }, place }, level, hands }: Props) {
  const save = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const chosen = new FormData(event.currentTarget as HTMLFormElement).get("level") as RoomLevel;
    const { ok } = await hands.act({ act: "level", level: chosen });
    if (ok) hands.tell(words.saved);
  };
  return (
    <details class="fold" name="fold">
      <summary>
        <Icon name="bell" />
        {words.title}
      </summary>
      <form
        class="stack tight"
        method="post"
        action={`/live/${place.room}/level`}
        onSubmit={(event) => void save(event)}
      >
        <fieldset class="stack tight">
          <legend class="s soft">{words.lead}</legend>
          {roomLevels.map((one) => (
            <label key={one} class="level">
              <input type="radio" name="level" value={one} defaultChecked={one === level} />
              <span>
                <b>{words.levels[one]}</b>
                <span class="s muted block">{words.hows[one]}</span>
              </span>
            </label>
          ))}
        </fieldset>
        <button type="submit" class="btn main">{words.save}</button>
        <a class="s" href="/settings/notifications">{words.when}</a>
      </form>
    </details>
  );
}

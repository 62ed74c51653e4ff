import { useContext } from "preact/hooks";
import { Icon } from "../icon.tsx";
import { By } from "./message.tsx";
import { classes } from "./said.tsx";
import { foreign } from "./script.ts";
import type { Sending } from "./state.ts";
import { ViewContext } from "./view.ts";

type OutProps = { sending: Sending; offline: boolean; retry(id: string): void; drop(id: string): void };

/** What I wrote and is still on its way, or could not go. */
export function Outgoing({ sending, offline, retry, drop }: OutProps) {
  const view = useContext(ViewContext);
  const { words, lang, place } = view;
  const { clientId, text, mood, failed } = sending;
  const { chat } = words;
  const state = failed === undefined ? "pending" : "failed";
  const wait = failed === undefined && <span class="when">{offline ? chat.waiting : chat.pending}</span>;
  return (
    <li class={classes(place.dense ? "line" : "msg mine", state)} data-mood={place.dense ? undefined : mood}>
      {place.dense
        ? (
          <>
            <span />
            <div class="soft">
              <span class="badge ok">{chat.me}</span>
              <span class="text" lang={foreign(text, lang)}>{text}</span> {wait}
            </div>
          </>
        )
        : (
          <>
            <By mood={mood} view={view} />
            <div class="say">
              <p class="bubble" lang={foreign(text, lang)}>{text}</p>
              {wait}
            </div>
          </>
        )}
      {failed !== undefined && (
        <div class="acts">
          <span class="err s" role="alert">{chat.failed} {failed}</span>
          <button type="button" class="chip" onClick={() => retry(clientId)}>
            <Icon name="retry" />
            {chat.retry}
          </button>
          <button type="button" class="chip" onClick={() => drop(clientId)}>{chat.drop}</button>
        </div>
      )}
    </li>
  );
}

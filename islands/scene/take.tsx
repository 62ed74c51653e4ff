import { shareLink } from "../../domain/share_link.ts";
import { Icon } from "../icon.tsx";
import type { SceneData } from "./data.ts";

/** What can be taken out of the room: the talk as a file, and the scene as a link for somebody else. */
export function Take({ data: { about: { scene }, words: { roleplay: { take } }, api, origin } }: { data: SceneData }) {
  return (
    <details class="fold">
      <summary>
        <Icon name="save" /> {scene ? take.title : take.file}
      </summary>
      <div class="stack tight">
        <p class="s soft">{take.fileHow}</p>
        <p class="row">
          <a class="btn sm" href={`${api}/transcript?format=md`} download>Markdown</a>
          <a class="btn sm" href={`${api}/transcript?format=json`} download>JSON</a>
        </p>
        {scene && (
          <label>
            <span class="label">{take.link}</span>
            <input
              class="input"
              readOnly
              value={origin + shareLink(scene)}
              onFocus={({ currentTarget }) => currentTarget.select()}
            />
            <span class="s muted block">{take.linkHow}</span>
          </label>
        )}
      </div>
    </details>
  );
}

import { Component } from "preact";
import type { Access } from "../../domain/room.ts";
import type { Hands } from "../chat/hands.ts";
import type { Chat } from "../chat/state.ts";
import type { LiveData } from "./data.ts";
import { titleOf } from "./rooms.tsx";

type Props = { chat: Chat; hands: Hands; data: LiveData };

/** What the room is called, what it is about, and who may read it. */
export class Shape extends Component<Props> {
  save = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const { chat, hands, data: { words: { live } } } = this.props;
    const said = new FormData(event.currentTarget as HTMLFormElement);
    const title = String(said.get("title"));
    const change = {
      title: title === titleOf(chat.about!, live) ? undefined : title,
      topic: String(said.get("topic")),
      access: said.get("access") as Access | null ?? undefined,
    };
    const { ok } = await hands.act({ act: "change", change });
    if (ok) hands.tell(live.saved);
  };

  override render({ chat, data: { words: { live } } }: Props) {
    const about = chat.about!;
    return (
      <form class="stack tight" onSubmit={(event) => void this.save(event)}>
        <label>
          <span class="label">{live.name}</span>
          <input class="input" name="title" maxLength={40} required defaultValue={titleOf(about, live)} />
        </label>
        <label>
          <span class="label">{live.topic}</span>
          <input class="input" name="topic" maxLength={80} defaultValue={about.topic} />
        </label>
        {about.owner && (
          <fieldset class="stack tight">
            <legend class="label">{live.access}</legend>
            <p class="row">
              {(Object.keys(live.accesses) as Access[]).map((access) => (
                <label key={access} class="chip">
                  <input type="radio" name="access" value={access} defaultChecked={about.access === access} />
                  {live.accesses[access]}
                </label>
              ))}
            </p>
          </fieldset>
        )}
        <button type="submit" class="btn main">{live.save}</button>
      </form>
    );
  }
}

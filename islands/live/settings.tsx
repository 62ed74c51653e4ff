import { Component } from "preact";
import type { Hands } from "../chat/hands.ts";
import { Confirm } from "../chat/confirm.tsx";
import type { Chat } from "../chat/state.ts";
import { Icon } from "../icon.tsx";
import type { LiveData } from "./data.ts";
import { SettingFields } from "./fields.tsx";
import { Invitation } from "./invitation.tsx";
import { Shape } from "./shape.tsx";

type Props = { chat: Chat; hands: Hands; data: LiveData };
type State = { closing: boolean };

/** What the room is and asks of writers; an invitation; its end. For those who keep it. */
export class Settings extends Component<Props, State> {
  override state: State = { closing: false };

  save = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const { hands, data: { words } } = this.props;
    const said = new FormData(event.currentTarget as HTMLFormElement);
    const settings = {
      slow: Number(said.get("slow")),
      age: Number(said.get("age")),
      links: said.has("links"),
      unique: said.has("unique"),
      readOnly: said.has("readOnly"),
    };
    const { ok } = await hands.act({ act: "change", change: { settings } });
    if (ok) hands.tell(words.live.saved);
  };

  override render({ chat, hands, data }: Props, { closing }: State) {
    const { live, keeping, chat: { keep } } = data.words;
    const here = `/live/${data.place.room}/keeping`;
    const about = chat.about!;
    if (about.closedAt !== undefined) return null;
    return (
      <details class="fold" name="fold">
        <summary>
          <Icon name="gear" />
          {live.settings}
        </summary>
        <div class="stack">
          {data.may.own && <Shape chat={chat} hands={hands} data={data} />}
          <a class="s" href={here}>{keeping.all}</a>
          <form class="stack tight" method="post" action={here} onSubmit={(event) => void this.save(event)}>
            <SettingFields room={about} words={live} />
            <p class="row">
              <button type="submit" class="btn main">{live.save}</button>
              {data.may.own && about.owner && (
                <button
                  type="submit"
                  class="btn harm"
                  formMethod="get"
                  formAction={`${here}#close`}
                  formNoValidate
                  onClick={(event) => {
                    event.preventDefault();
                    this.setState({ closing: true });
                  }}
                >
                  {live.close}
                </button>
              )}
            </p>
          </form>
          {closing && (
            <Confirm
              title={live.close}
              how={live.closeHow}
              stay={keep}
              go={live.close}
              yes={() => void hands.act({ act: "end" })}
              close={() => this.setState({ closing: false })}
            />
          )}
          {data.may.own && about.access === "private" && <Invitation hands={hands} data={data} />}
        </div>
      </details>
    );
  }
}

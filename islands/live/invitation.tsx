import { Component, createRef } from "preact";
import { inWords } from "../../domain/words/dates.ts";
import { dateAt } from "../../domain/day.ts";
import { fill } from "../../domain/words/fill.ts";
import type { Hands } from "../chat/hands.ts";
import type { LiveData } from "./data.ts";

type Props = { hands: Hands; data: LiveData };
type State = { address: string; until: number };

/** The one invitation of a private room that is good now: made, shown to be passed on, taken back. */
export class Invitation extends Component<Props, State> {
  override state: State = { address: "", until: 0 };
  field = createRef<HTMLInputElement>();

  /** To be copied: the focus goes there, and with it the whole address is chosen. */
  override componentDidUpdate(_: Props, { address }: State): void {
    if (this.state.address !== address) this.field.current?.focus();
  }

  make = async (): Promise<void> => {
    const { ok, body } = await this.props.hands.act({ act: "invite" });
    if (!ok || !body?.path) return;
    this.setState({ address: new URL(body.path, location.href).href, until: body.expiresAt ?? 0 });
  };

  takeBack = async (): Promise<void> => {
    const { hands, data: { words: { live } } } = this.props;
    const { ok } = await hands.act({ act: "uninvite" });
    if (!ok) return;
    this.setState({ address: "" });
    hands.tell(live.uninvited);
  };

  override render({ data: { words: { live }, lang, place } }: Props, { address, until }: State) {
    const here = `/live/${place.room}/keeping`;
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    return (
      <div class="stack tight">
        <p class="s muted">{live.inviteHow}</p>
        <form class="row" method="post" action={`${here}/invite#invite`}>
          <button type="submit" class="btn sm" onClick={instead(this.make)}>{live.invite}</button>
          <button
            type="submit"
            class="btn sm quiet"
            formAction={`${here}/uninvite`}
            onClick={instead(this.takeBack)}
          >
            {live.uninvite}
          </button>
        </form>
        {address && (
          <label>
            <span class="label">{live.inviteMade}</span>
            <input
              class="input"
              ref={this.field}
              readOnly
              value={address}
              onFocus={(event) => event.currentTarget.select()}
            />
            <span class="s muted">{fill(live.inviteUntil, { day: inWords(dateAt(until, zone), "day", lang) })}</span>
          </label>
        )}
      </div>
    );
  }
}

/** Without scripts the form goes to a page of its own. */
const instead = (does: () => Promise<void>) => (event: MouseEvent): void => {
  event.preventDefault();
  void does();
};

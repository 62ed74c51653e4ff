import { Component } from "preact";
import type { Hands } from "../chat/hands.ts";
import { nobody, type People as Here } from "../chat/people.ts";
import { fill } from "../../domain/words/fill.ts";
import { Icon } from "../icon.tsx";
import type { LiveData } from "./data.ts";

type Props = { data: LiveData; hands: Hands; note(name: string, value?: string): string };
type State = { here: Here; asked: boolean; came: boolean };

/** Who is here, asked when it is opened, and again as long as it is. */
export class People extends Component<Props, State> {
  override state: State = { here: nobody, asked: false, came: true };
  timer: ReturnType<typeof setInterval> | undefined;

  override componentDidMount(): void {
    this.setState({ came: this.props.note("came") !== "off" });
  }

  override componentWillUnmount(): void {
    clearInterval(this.timer);
  }

  look = (): void => {
    void this.props.hands.people().then((here) => this.setState({ here, asked: true }));
  };

  toggle = (event: Event): void => {
    clearInterval(this.timer);
    if (!(event.currentTarget as HTMLDetailsElement).open) return;
    this.look();
    this.timer = setInterval(this.look, 11_000);
  };

  override render({ data: { words }, hands, note }: Props, { here: { members, more, guests }, asked, came }: State) {
    return (
      <details class="fold" name="fold" onToggle={this.toggle}>
        <summary>
          <Icon name="people" />
          {words.live.people}
        </summary>
        <div class="stack tight">
          {asked && !members.length && !guests && <p class="s muted">{words.live.noPeople}</p>}
          <ul class="stack tight here">
            {members.map(({ id, nickname, role }) => (
              <li key={id} class="row">
                <span>{nickname}</span>
                {role === "admin" && <span class="badge staff">{words.roles.admin}</span>}
                {role === "moderator" && <span class="badge keeper">{words.roles.moderator}</span>}
              </li>
            ))}
            {more > 0 && <li class="s muted">{fill(words.live.morePeople, { n: more })}</li>}
            {guests > 0 && <li class="s muted">{fill(words.live.guests, { n: guests })}</li>}
          </ul>
          <label class="switch">
            <span class="grow">{words.live.showCame}</span>
            <input
              type="checkbox"
              role="switch"
              checked={came}
              onChange={() => {
                note("came", came ? "off" : "on");
                hands.showCame(!came);
                this.setState({ came: !came });
              }}
            />
          </label>
        </div>
      </details>
    );
  }
}

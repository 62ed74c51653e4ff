import { Component } from "preact";
import type { Hands } from "../chat/hands.ts";
import type { Person } from "../chat/people.ts";
import { Icon } from "../icon.tsx";
import type { LiveData } from "./data.ts";

type Props = { data: LiveData; hands: Hands; note(name: string, value?: string): string };
type State = { people: Person[]; asked: boolean; came: boolean };

/** Who is here, asked when it is opened, and again as long as it is. */
export class People extends Component<Props, State> {
  override state: State = { people: [], asked: false, came: true };
  timer: ReturnType<typeof setInterval> | undefined;

  override componentDidMount(): void {
    this.setState({ came: this.props.note("came") !== "off" });
  }

  override componentWillUnmount(): void {
    clearInterval(this.timer);
  }

  look = (): void => {
    void this.props.hands.people().then((people) => this.setState({ people, asked: true }));
  };

  toggle = (event: Event): void => {
    clearInterval(this.timer);
    if (!(event.currentTarget as HTMLDetailsElement).open) return;
    this.look();
    this.timer = setInterval(this.look, 11_000);
  };

  override render({ data: { words }, hands, note }: Props, { people, asked, came }: State) {
    return (
      <details class="fold" name="fold" onToggle={this.toggle}>
        <summary>
          <Icon name="people" />
          {words.live.people}
        </summary>
        <div class="stack tight">
          {asked && !people.length && <p class="s muted">{words.live.noPeople}</p>}
          <ul class="stack tight here">
            {people.map(({ id, nickname, role }) => (
              <li key={id} class="row">
                <span>{nickname}</span>
                {role === "admin" && <span class="badge staff">{words.roles.admin}</span>}
                {role === "moderator" && <span class="badge keeper">{words.roles.moderator}</span>}
              </li>
            ))}
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

import { Component } from "preact";
import type { Hands } from "./hands.ts";
import { callIn, completed, namesFor } from "./mention.ts";
import type { Chat } from "./state.ts";
import type { View } from "./view.ts";

type Props = { box: HTMLTextAreaElement; chat: Chat; hands: Hands; view: View; write(): void };
type State = { names: string[]; at: number; here: string[] };

/** Names to choose from while one is being called. The field keeps the focus; the arrows walk the list. */
export class Complete extends Component<Props, State> {
  override state: State = { names: [], at: 0, here: [] };

  override componentDidMount(): void {
    const { box } = this.props;
    box.setAttribute("aria-autocomplete", "list");
    box.addEventListener("input", this.look);
    box.addEventListener("blur", this.close);
    box.addEventListener("keydown", this.onKeyDown, { capture: true });
  }

  override componentDidUpdate(): void {
    const { box } = this.props;
    const { names, at } = this.state;
    if (names.length) {
      box.setAttribute("aria-controls", "names");
      box.setAttribute("aria-activedescendant", `name${at}`);
    } else for (const name of ["aria-controls", "aria-activedescendant"]) box.removeAttribute(name);
  }

  look = (): void => {
    const { box, chat, hands, view } = this.props;
    const call = callIn(box.value, box.selectionStart);
    if (call === null) return this.close();
    if (!this.state.here.length) {
      void hands.people().then(({ members }) => {
        if (members.length) this.setState({ here: members.map(({ nickname }) => nickname) });
      });
    }
    const parts = { companion: view.place.companion, here: this.state.here, items: chat.items };
    this.setState({ names: namesFor(call, { ...parts, me: chat.me?.nickname ?? "" }), at: 0 });
  };

  close = (): void => {
    if (this.state.names.length) this.setState({ names: [] });
  };

  take = (name: string): void => {
    const { box, write } = this.props;
    const { text, caret } = completed(box.value, box.selectionStart, name);
    box.value = text;
    box.setSelectionRange(caret, caret);
    this.close();
    write();
  };

  /** Before the field's own keys, as long as there is something to choose. */
  onKeyDown = (event: KeyboardEvent): void => {
    const { names, at } = this.state;
    if (!names.length || event.isComposing || event.keyCode === 229) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) this.setState({ at: (at + step + names.length) % names.length });
    else if (event.key === "Escape") this.close();
    else if ((event.key === "Enter" && !event.shiftKey) || event.key === "Tab") this.take(names[at]);
    else return;
    event.preventDefault();
    event.stopImmediatePropagation();
  };

  override render({ view }: Props, { names, at }: State) {
    if (!names.length) return null;
    return (
      <ul class="card names" id="names" role="listbox" aria-label={view.words.chat.names}>
        {names.map((name, i) => (
          <li
            key={name}
            id={`name${i}`}
            role="option"
            aria-selected={i === at}
            onPointerDown={(event) => {
              event.preventDefault();
              this.take(name);
            }}
          >
            @{name}
          </li>
        ))}
      </ul>
    );
  }
}

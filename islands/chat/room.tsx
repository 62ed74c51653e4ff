import { Component, createRef } from "preact";
import type { Message, Reaction } from "../../domain/message.ts";
import { Composer } from "./composer.tsx";
import { type Deed, DeedDialog } from "./deed.tsx";
import type { Hands } from "./hands.ts";
import { Lines } from "./lines.tsx";
import { Confirm } from "./confirm.tsx";
import { Menu, type Opened } from "./menu.tsx";
import { hasMenu } from "./said.tsx";
import type { Shelf } from "./outbox.ts";
import type { Chat } from "./state.ts";
import { type View, ViewContext } from "./view.ts";

export type RoomProps = {
  chat: Chat;
  hands: Hands;
  view: View;
  quiet: boolean;
  digest: number;
  shelf: Shelf | null;
  form: { clientId: string; draft: string };
};
type State = { opened: Opened | null; removing: Message | null; deed: Deed | null };

/** A room to read and to write in: the same on the server and in the browser. */
export class Room extends Component<RoomProps, State> {
  override state: State = { opened: null, removing: null, deed: null };
  log = createRef<HTMLDivElement>();
  /** Where the focus goes back to. */
  from: HTMLElement | null = null;

  toEnd = (): void => {
    this.log.current!.scrollTop = 0;
    this.props.hands.newest();
  };

  /** What was pressed on a message; its line carries the number. */
  press = (what: string, on: HTMLElement): void => {
    const { chat, hands, view } = this.props;
    const seq = Number(on.closest<HTMLElement>("[data-seq]")?.dataset.seq);
    const message = chat.items.find((item) => item.seq === seq);
    if (!message || !hasMenu(message, view)) return;
    if (what === "go") return void this.go(Number(on.dataset.to));
    if (what === "stop") return hands.stop(seq);
    if (what === "react") {
      if (!chat.me) return hands.tell(view.words.chat.first, true);
      const reaction = on.dataset.reaction as Reaction;
      return void hands.act({ act: "react", seq, reaction, on: !chat.reacted.get(seq)?.includes(reaction) });
    }
    this.from = on;
    this.setState({ opened: { message, at: on.getBoundingClientRect() } });
  };

  /** To a message, wherever it is in the log; its line takes the focus. */
  go = async (seq: number): Promise<void> => {
    const { hands, view } = this.props;
    if (!await hands.find(seq)) return hands.tell(view.words.chat.notFound, true);
    const line = this.log.current!.querySelector<HTMLElement>(`[data-seq="${seq}"]`);
    line?.scrollIntoView({ block: "center" });
    line?.focus({ preventScroll: true });
  };

  closed = (): void => {
    this.setState({ opened: null });
    if (document.activeElement === document.body) this.from?.focus();
  };

  override render({ chat, hands, view, quiet, digest, shelf, form }: RoomProps, { opened, removing, deed }: State) {
    return (
      <ViewContext.Provider value={view}>
        <Lines
          chat={chat}
          hands={hands}
          view={view}
          quiet={quiet}
          digest={digest}
          log={this.log}
          toEnd={this.toEnd}
          press={this.press}
        />
        {view.above?.()}
        <Composer chat={chat} hands={hands} view={view} shelf={shelf} form={form} toEnd={this.toEnd} go={this.go} />
        {opened && (
          <Menu
            key={opened.message.id}
            opened={opened}
            chat={chat}
            hands={hands}
            view={view}
            close={this.closed}
            remove={(message) => this.setState({ removing: message })}
            wants={(wanted) => this.setState({ deed: wanted })}
          />
        )}
        {deed && (
          <DeedDialog
            wanted={deed}
            view={view}
            act={(act, said) => void hands.act(act).then(({ ok }) => ok && hands.tell(said))}
            close={() => this.setState({ deed: null })}
          />
        )}
        {removing && (
          <Confirm
            title={view.words.chat.removeAsk}
            how={view.words.chat.removeHow}
            stay={view.words.chat.keep}
            go={view.words.chat.remove}
            yes={() => void hands.act({ act: "delete", seq: removing.seq })}
            close={() => this.setState({ removing: null })}
          />
        )}
      </ViewContext.Provider>
    );
  }
}

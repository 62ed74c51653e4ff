import { Component, createRef } from "preact";
import { Composer } from "./composer.tsx";
import { Lines } from "./lines.tsx";
import type { Shelf } from "./outbox.ts";
import type { Chat } from "./state.ts";
import type { Hands } from "./store.ts";
import { type View, ViewContext } from "./view.ts";

export type RoomProps = {
  chat: Chat;
  hands: Hands;
  view: View;
  quiet: boolean;
  shelf: Shelf | null;
  form: { clientId: string; draft: string };
};

/** A room to read and to write in: the same on the server and in the browser. */
export class Room extends Component<RoomProps> {
  log = createRef<HTMLDivElement>();

  toEnd = (): void => {
    this.log.current!.scrollTop = 0;
    this.props.hands.newest();
  };

  override render({ chat, hands, view, quiet, shelf, form }: RoomProps) {
    return (
      <ViewContext.Provider value={view}>
        <Lines chat={chat} hands={hands} view={view} quiet={quiet} log={this.log} toEnd={this.toEnd} />
        <Composer chat={chat} hands={hands} view={view} shelf={shelf} form={form} toEnd={this.toEnd} />
      </ViewContext.Provider>
    );
  }
}

const nothing = () => {};
/** On the server nothing can be done. */
export const noHands: Hands = {
  send: () => false,
  retry: nothing,
  drop: nothing,
  typing: nothing,
  older: nothing,
  newer: nothing,
  newest: nothing,
  follow: nothing,
};

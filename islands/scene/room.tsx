import { Component, createRef } from "preact";
import { pathOf } from "../../domain/branch.ts";
import { fill } from "../../domain/words/fill.ts";
import { Lines } from "../chat/lines.tsx";
import type { Chat } from "../chat/chat.ts";
import type { Shelf } from "../chat/outbox.ts";
import { type View, ViewContext } from "../chat/view.ts";
import { languageOf, type SceneData } from "./data.ts";
import { eventText } from "./events.ts";
import type { SceneHands } from "./hands.ts";
import { Help } from "./help.tsx";
import { Say } from "./say.tsx";
import { Under } from "./under.tsx";

export type SceneRoomProps = {
  chat: Chat;
  hands: SceneHands;
  data: SceneData;
  zone: string;
  now: number;
  quiet: boolean;
  digest: number;
  shelf: Shelf | null;
};

/** The talk with the companion: the same on the server and in the browser. */
export class SceneRoom extends Component<SceneRoomProps> {
  log = createRef<HTMLDivElement>();

  toEnd = (): void => {
    this.log.current!.scrollTop = 0;
    this.props.hands.newest();
  };

  /** The only thing that is pressed on a line here: what a message answers to. */
  press = async (what: string, on: HTMLElement): Promise<void> => {
    const { hands, data } = this.props;
    if (what !== "go") return;
    if (!await hands.find(Number(on.dataset.to))) return hands.tell(data.words.chat.notFound, true);
    this.log.current!.querySelector<HTMLElement>(`[data-seq="${on.dataset.to}"]`)?.focus();
  };

  view(): View {
    const { chat, hands, data, zone, now } = this.props;
    const { lang, words, maxText, place } = data;
    const path = pathOf(chat.items).filter(({ event, text }) => !event || text);
    const last = new Set([path.at(-1)?.seq, path.findLast(({ author }) => author.id === data.me.id)?.seq]);
    const view: View = { lang, zone, now, maxText, words, place, event: (one) => eventText(one, data.about, words) };
    view.under = (message) => (
      <Under message={message} last={last.has(message.seq)} chat={chat} view={view} data={data} hands={hands} />
    );
    return view;
  }

  hint(): string | undefined {
    const { about: { quota, practice }, words } = this.props.data;
    if (!quota || practice?.mode !== "conversation") return undefined; // an interview is one request as a whole
    return quota.left > 0
      ? `${words.practice.uses} · ${fill(words.practice.remains, { n: quota.left })}`
      : words.practice.leftNone;
  }

  override render({ chat, hands, data, quiet, digest, shelf }: SceneRoomProps) {
    const { about, words, form } = data;
    const view = this.view();
    const closed = about.practice?.interview?.done || about.scene?.outcome !== undefined;
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
        <Say
          chat={chat}
          hands={hands}
          view={view}
          words={words}
          shelf={shelf}
          clientId={form.clientId}
          language={languageOf(about)}
          help={data.model && hands.sound
            ? (put) => <Help words={words.roleplay.hints} lang={data.lang} ask={hands.hint} put={put} />
            : undefined}
          hint={this.hint()}
          closed={closed}
          toEnd={this.toEnd}
          rerun={hands.rerun}
        />
      </ViewContext.Provider>
    );
  }
}

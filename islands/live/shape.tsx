import { Component } from "preact";
import type { Access } from "../../domain/room.ts";
import type { Hands } from "../chat/hands.ts";
import type { Chat } from "../chat/state.ts";
import type { LiveData } from "./data.ts";
import { OwnFields } from "./fields.tsx";
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

  override render({ chat, data: { words: { live }, place } }: Props) {
    return (
      <form
        class="stack tight"
        method="post"
        action={`/live/${place.room}/keeping`}
        onSubmit={(event) => void this.save(event)}
      >
        <OwnFields room={chat.about!} words={live} steady={!chat.about!.owner} />
        <button type="submit" class="btn main">{live.save}</button>
      </form>
    );
  }
}

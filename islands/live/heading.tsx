import type { Chat } from "../chat/state.ts";
import { Count } from "./count.tsx";
import type { LiveWords } from "./data.ts";
import { titleOf } from "./rooms.tsx";

/** What the room is called now, how many watch, and what it is about. */
export function Heading({ chat, words: { live } }: { chat: Chat; words: Pick<LiveWords, "live"> }) {
  const about = chat.about!;
  const topic = about.topic ?? (about.owner === undefined ? live.streamingTopic : undefined);
  return (
    <>
      <h1>{titleOf(about, live)}</h1>
      <p>
        <span class="viewers" id="watching">
          <Count people={chat.people} words={{ live }} />
        </span>
        {topic && <span class="soft">{` · ${topic}`}</span>}
      </p>
    </>
  );
}

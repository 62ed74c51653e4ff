import { fill } from "../../domain/words/fill.ts";
import type { ServerFrame } from "../../domain/wire.ts";
import type { Chat } from "./chat.ts";

/** Tells a reader who looks elsewhere that somebody has called them: in a sentence, and in the tab's title. */
export function openCalled({ sentence, tell }: { sentence: string; tell(text: string): void }) {
  const title = document.title;
  let calls = 0;

  document.addEventListener("visibilitychange", () => {
    if (document.hidden) return;
    calls = 0;
    document.title = title;
  });

  return {
    /** Before the room hears it. `busy`: what comes is not read out line by line. */
    hear(frame: ServerFrame, { me, head, following }: Chat, busy: boolean): void {
      if (frame.type !== "messages" || !me) return;
      const calling = frame.items.filter(({ seq, mentions, author }) =>
        seq > head && author.id !== me.id && mentions?.includes(me.id)
      );
      if (!calling.length) return;
      if (document.hidden) document.title = `(${calls += calling.length}) ${title}`;
      if (document.hidden || !following || busy) tell(fill(sentence, { name: calling.at(-1)!.author.nickname }));
    },
  };
}

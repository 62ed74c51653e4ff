import type { Chat } from "../chat/chat.ts";
import { begin } from "../chat/state.ts";
import type { SceneData } from "./data.ts";

/** The talk as the page opens with it. */
export function beginScene({ me, room, rerun }: SceneData): Chat {
  const message = room.items.find(({ seq, author }) => seq === rerun && author.id === me.id);
  return { ...begin(me, room), aim: message ? { kind: "edit", message } : null };
}

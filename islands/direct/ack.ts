import type { Said } from "../chat/socket.ts";
import type { Chat } from "../chat/state.ts";

/** Tells the server how far this browser has got a room, and how far its reader has read: each number once. */
export function openAck(room: string, say: (said: Said) => boolean) {
  let delivered = 0, read = 0;
  return (chat: Chat, seen: boolean): void => {
    if (chat.line !== "open" && chat.line !== "back") return;
    if (seen && chat.following && chat.head > read) {
      if (say({ type: "read", room, seq: chat.head })) read = delivered = chat.head;
    } else if (chat.head > delivered && say({ type: "delivered", room, seq: chat.head })) delivered = chat.head;
  };
}

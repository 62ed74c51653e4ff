import type { Message } from "../domain/message.ts";
import type { ServerFrame } from "../domain/wire.ts";
import type { Conn } from "./conn.ts";

/**
 * A connection of a client of the first matching service: it hears `{message, sender, timestamp}` for each message, and
 * `{error}` for what was refused; everything else it never knew. What was there before it came it asks for over HTTP.
 */
export function oldConn(conn: Conn, nameOf: (author: Message["author"]) => string): Conn {
  return {
    ...conn,
    send(text) {
      const frame = JSON.parse(text) as ServerFrame;
      if (frame.type === "refused") return conn.send(JSON.stringify({ error: frame.message }));
      if (frame.type !== "messages") return;
      for (const { author, text, photo, gone, at } of frame.items) {
        if (gone) continue;
        const message = photo ? `/photos/${photo.id}` : text;
        conn.send(JSON.stringify({ message, sender: nameOf(author), timestamp: new Date(at).toISOString() }));
      }
    },
  };
}

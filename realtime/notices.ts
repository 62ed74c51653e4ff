import type { LogLine } from "../domain/logger.ts";
import type { Blocks } from "../kv/blocks.ts";
import type { Rooms } from "../kv/rooms.ts";
import type { Store } from "../kv/store.ts";
import { type Notice, onNotice } from "./house.ts";
import type { Hub } from "./hub.ts";
import type { Lobby } from "./lobby.ts";
import type { Order } from "./order.ts";
import type { Sockets } from "./sockets.ts";
import { bringTidings } from "./tidings.ts";

type Parts = {
  store: Store;
  hub: Hub;
  line: LogLine;
  sockets: Sockets;
  rooms: Rooms;
  order: Order;
  blocks: Blocks;
  lobby: Pick<Lobby, "changed">;
};

/** What this isolate does when the house says something. */
export function hearNotices({ store, hub, line, sockets, rooms, order, blocks, lobby }: Parts): Promise<() => void> {
  return onNotice(hub, line, (said) => {
    switch (said.type) {
      case "letter":
        return sockets.tell(said);
      case "session_ended":
        order.forgetLogin(said.session);
        return sockets.end(said.session);
      case "order":
        return void bringTidings({ store, order, sockets }, said).catch((error) => {
          line("warn", "order_notice_failed", { error: String(error) });
        });
      case "departed":
        return depart(said);
      case "apart":
        return void part(said.people).catch((error) => line("warn", "block_notice_failed", { error: String(error) }));
      case "room":
        rooms.drop(said.room);
        lobby.changed();
        return void look(said.room).catch((error) => line("warn", "room_notice_failed", { error: String(error) }));
    }
  });

  /** What is in memory forgets them, and open pages are told. */
  function depart({ type: _, ...departure }: Extract<Notice, { type: "departed" }>): void {
    order.forget(departure.user);
    for (const { conn } of sockets.of(departure.user)) conn.close("session_ended");
    for (const { ring } of hub.rooms().values()) ring.depart(departure);
    sockets.tell({ type: "departed", ...departure });
  }

  /** Rooms that belong to one of them are closed to the other before their pages begin anew. */
  async function part([a, b]: [string, string]): Promise<void> {
    await blocks.look(a, b);
    const theirs = [...sockets.of(a), ...sockets.of(b)];
    await Promise.all([...hub.rooms().keys()].flatMap((room) => theirs.map(({ session }) => session.recheck(room))));
    hub.renew([a, b]);
    lobby.changed();
  }

  /** Who may not read the room any more is out of it before the others hear what it has become. */
  async function look(id: string): Promise<void> {
    if (!hub.rooms().has(id)) return;
    await sockets.recheck(id);
    const room = await rooms.get(id);
    if (room) hub.whisper(id, { type: "room", room });
  }
}

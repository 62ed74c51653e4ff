import type { LogLine } from "../domain/logger.ts";
import type { Rooms } from "../kv/rooms.ts";
import type { Store } from "../kv/store.ts";
import { onNotice } from "./house.ts";
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
  lobby: Pick<Lobby, "changed">;
};

/** What this isolate does when the house says something. */
export function hearNotices({ store, hub, line, sockets, rooms, order, lobby }: Parts): Promise<() => void> {
  return onNotice(hub, line, (said) => {
    switch (said.type) {
      case "letter":
        return sockets.tell(said);
      case "session_ended":
        return sockets.end(said.session);
      case "order":
        return void bringTidings({ store, order, sockets }, said).catch((error) => {
          line("warn", "order_notice_failed", { error: String(error) });
        });
      case "room":
        rooms.drop(said.room);
        lobby.changed();
        return void look(said.room).catch((error) => line("warn", "room_notice_failed", { error: String(error) }));
    }
  });

  /** Who may not read the room any more is out of it before the others hear what it has become. */
  async function look(id: string): Promise<void> {
    if (!hub.rooms().has(id)) return;
    await sockets.recheck(id);
    const room = await rooms.get(id);
    if (room) hub.whisper(id, { type: "room", room });
  }
}

import { limits } from "../domain/limits.ts";
import type { ServerFrame } from "../domain/wire.ts";
import type { Conn } from "./conn.ts";
import type { Session } from "./session.ts";

/** A socket of this isolate, from its upgrade until the runtime has really let go of it. */
export type Socket = { conn: Conn; session: Session; address: string };

/** Every socket here. A closed one counts until its close event: its memory is still held. */
export type Sockets = {
  /** False when this address has its fill. */
  room(address: string): boolean;
  add(socket: Socket): void;
  remove(socket: Socket): void;
  /** Closes what hangs on a login that has ended. */
  end(session: string): void;
  /** Those of one person. */
  of(userId: string): Socket[];
  /** Asks of everybody in a room again whether they may be there. */
  recheck(room: string): Promise<void>;
  /** To everybody, whatever rooms they follow. */
  tell(frame: ServerFrame): void;
  /** Asks everybody to come back; resolves when they have left, or when the time (milliseconds) is over. */
  closeAll(within: number): Promise<void>;
  size(): number;
};

/** `scale` multiplies the limits; 0 turns them off. */
export function openSockets(scale: number): Sockets {
  const all = new Set<Socket>();
  const byAddress = new Map<string, number>();
  const count = (address: string, change: number) => {
    const now = (byAddress.get(address) ?? 0) + change;
    if (now) byAddress.set(address, now);
    else byAddress.delete(address);
  };
  return {
    room: (address) => !scale || (byAddress.get(address) ?? 0) < limits.socketsPerAddress * scale,
    add(socket) {
      all.add(socket);
      count(socket.address, 1);
    },
    remove(socket) {
      if (all.delete(socket)) count(socket.address, -1);
    },
    end(session) {
      for (const socket of all) if (socket.session.belongsTo(session)) socket.conn.close("session_ended");
    },
    of: (userId) => [...all].filter(({ session }) => session.isOf(userId)),
    recheck: async (room) => void await Promise.all([...all].map(({ session }) => session.recheck(room))),
    tell(frame) {
      const text = JSON.stringify(frame);
      for (const { conn } of all) if (conn.buffered() <= limits.buffered) conn.send(text);
    },
    async closeAll(within) {
      for (const { conn } of all) conn.close("leaving");
      for (const end = performance.now() + within; all.size && performance.now() < end;) {
        await new Promise((go) => setTimeout(go, 20));
      }
    },
    size: () => all.size,
  };
}

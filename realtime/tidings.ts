import type { Sanction, Tiding } from "../domain/keeping.ts";
import { keys } from "../kv/keys.ts";
import type { Store } from "../kv/store.ts";
import type { Notice } from "./house.ts";
import type { Order } from "./order.ts";
import type { Sockets } from "./sockets.ts";

type Said = Extract<Notice, { type: "order" }>;
/** Where the reason of a tiding is written down; the others bring theirs along, or have none. */
const kinds: Partial<Record<Tiding, Sanction["kind"]>> = { timeout: "timeout", ban: "ban" };

/**
 * What keepers did reaches the person's sockets here: first what it is and why, then, for who may not stay or is
 * somebody else by now, the end of the connection.
 */
export async function bringTidings(
  { store, order, sockets }: { store: Store; order: Order; sockets: Sockets },
  { what, user, room, seq, ...told }: Said,
): Promise<void> {
  order.forget(user);
  const theirs = sockets.of(user);
  if (!user || !theirs.length) return;
  const { why = told.why, until } = await reasonOf() ?? {};
  const frame = JSON.stringify({ type: "person", what, room, seq, why, until });
  for (const { conn, session } of theirs) {
    conn.send(frame);
    if (what === "ban" && (room === undefined || session.follows(room))) conn.close("forbidden");
    if (what === "role" || what === "ended") conn.close("session_ended");
  }

  async function reasonOf(): Promise<Partial<Pick<Sanction, "why" | "until">> | null | undefined> {
    const kind = kinds[what];
    if (kind) return (await order.facts(user)).sanctions.find((one) => one.kind === kind && one.room === room);
    if (what === "hidden") return (await store.get(keys.hidden(room!, seq!))).value;
  }
}

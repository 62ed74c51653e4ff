import type { Model } from "../ai/model.ts";
import type { LogLine } from "../domain/logger.ts";
import type { Rooms } from "../kv/rooms.ts";
import type { Store } from "../kv/store.ts";
import { type Directs, openDirects } from "./directs.ts";
import type { Order } from "./order.ts";
import { openPortraits, type Portraits } from "./portraits.ts";
import { openReceipts, type Receipts } from "./receipts.ts";
import type { Spine } from "./spine.ts";
import { type Apart, openSuggestions, type Suggest } from "./suggestions.ts";

/** Everything between "who might suit me" and "we do not talk any more". */
export type Matching = { portraits: Portraits; suggest: Suggest; directs: Directs; receipts: Receipts };

export function openMatching(
  parts: Pick<Spine, "log" | "tell"> & {
    store: Store;
    rooms: Rooms;
    model: Model;
    order: Order;
    areApart: Apart;
    parted(room: string): Promise<void>;
    now: () => number;
    scale: number;
    line: LogLine;
  },
): Matching {
  const portraits = openPortraits(parts);
  const suggest = openSuggestions({ ...parts, portraits });
  return { portraits, suggest, directs: openDirects({ ...parts, suggest }), receipts: openReceipts(parts) };
}

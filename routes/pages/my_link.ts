import { type Sort, type Spot, spotText } from "../../domain/timeline.ts";
import type { MyQuestion } from "./my_data.ts";

type Wanted = { day?: string; only?: Sort; page?: number; before?: Spot; rooms?: number; older?: boolean };

/** An address of My Page that changes what is said and keeps the span of the tree, and the filter unless it says `only`. */
export function myLink(asked: Pick<MyQuestion, "weeks" | "only">, wanted: Wanted): string {
  const { day, only, page, before, rooms, older } = { only: asked.only, ...wanted };
  const query = new URLSearchParams();
  if (asked.weeks !== 2) query.set("weeks", String(asked.weeks));
  if (only) query.set("only", only);
  if (day) query.set("day", day);
  if (page && page > 1) query.set("page", String(page));
  if (rooms !== undefined) query.set("rooms", String(rooms));
  if (older) query.set("older", "1");
  if (before) query.set("before", spotText(before));
  return `/mypage${query.size ? `?${query}` : ""}#history`;
}

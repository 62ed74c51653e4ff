import type { AuditEntry } from "../domain/keeping.ts";
import type { Who } from "../domain/person.ts";
import { Problem } from "../domain/problems.ts";
import { reshaped, type Room } from "../domain/room.ts";
import { blockWords } from "./block_words.ts";
import { changeRoom } from "./change_room.ts";
import type { Parts } from "./context.ts";

type With = Pick<Parts, "powers" | "rooms" | "store" | "log" | "now">;
type Way = (parts: With, place: Room | null, who: Who, because: { why: string; undoes: string }) => Promise<unknown>;

/** How a deed is taken back; `null` for what leaves no way back. */
export function wayBack({ deed, whom, seq, kind, from, room, was, words }: AuditEntry): Way | null {
  if (deed === "hide" && seq) return ({ powers }, place, who, because) => powers.show(there(place), who, seq, because);
  if (deed === "show" && seq) return ({ powers }, place, who, because) => powers.hide(there(place), who, seq, because);
  if (deed === "words" && words) return (parts, _, who, because) => blockWords(parts, who, words, because);
  if (deed === "settings" && was) {
    return (parts, place, who, because) =>
      changeRoom(parts, who, there(place).id, deed, because, (room) => ({ ...reshaped(room, who, {}), ...was }));
  }
  if (!whom) return null;
  if (deed === "timeout" || deed === "ban") {
    return ({ powers }, place, who, because) => powers.lift(room ? there(place) : null, who, whom.id, deed, because);
  }
  if (deed === "lift" && kind === "ban") {
    return ({ powers }, place, who, because) => powers.ban(room ? there(place) : null, who, whom.id, because);
  }
  if (deed === "role" && from) return ({ powers }, _, who, because) => powers.role(who, whom.id, from, because);
  return null;
}

function there(place: Room | null): Room {
  if (!place) throw new Problem("not_found");
  return place;
}

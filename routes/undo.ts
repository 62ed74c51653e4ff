import type { AuditEntry } from "../domain/keeping.ts";
import type { Who } from "../domain/person.ts";
import { Problem } from "../domain/problems.ts";
import { closed, opened, reshaped, type Room } from "../domain/room.ts";
import { withdraw } from "./announcements.ts";
import { blockWords } from "./block_words.ts";
import { changeRoom } from "./change_room.ts";
import type { Parts } from "./context.ts";
import { unsettle } from "./settle.ts";

type With = Pick<Parts, "powers" | "rooms" | "store" | "log" | "now">;
type Way = (parts: With, place: Room | null, who: Who, because: { why: string; undoes: string }) => Promise<unknown>;

/** How a deed is taken back; `null` for what leaves no way back: ended logins, a written letter, words taken back. */
export function wayBack(entry: AuditEntry): Way | null {
  const { deed, report, words, said } = entry;
  if (deed === "words" && words) return (parts, _, who, because) => blockWords(parts, who, words, because);
  if (deed === "announce" && said) return (parts, _, who, because) => withdraw(parts, who, entry, because);
  if (deed === "settle" && report) return (parts, _, who, because) => unsettle(parts, who, report, because);
  return backOfMessage(entry) ?? backOfRoom(entry) ?? backOfPerson(entry);
}

function backOfMessage({ deed, seq }: AuditEntry): Way | null {
  if (!seq) return null;
  if (deed === "hide") return ({ powers }, place, who, because) => powers.show(there(place), who, seq, because);
  if (deed === "show") return ({ powers }, place, who, because) => powers.hide(there(place), who, seq, because);
  return null;
}

function backOfRoom({ deed, room, was }: AuditEntry): Way | null {
  if (!room) return null;
  const change = (deed: "settings" | "open" | "close", patch: (room: Room, who: Who, now: number) => Room): Way => {
    return (parts, _, who, because) =>
      changeRoom(parts, who, room, deed, because, (now) => patch(now, who, parts.now()));
  };
  if (deed === "close") return change("open", opened);
  if (deed === "open") return change("close", closed);
  if (deed === "settings" && was) return change(deed, (room, who) => ({ ...reshaped(room, who, {}), ...was }));
  return null;
}

function backOfPerson({ deed, whom, room, kind, until, from }: AuditEntry): Way | null {
  if (!whom) return null;
  const where = (place: Room | null) => room ? there(place) : null;
  if (deed === "timeout" || deed === "ban") {
    return ({ powers }, place, who, because) => powers.lift(where(place), who, whom.id, deed, because);
  }
  if (deed === "lift" && kind === "ban") {
    return ({ powers }, place, who, because) => powers.ban(where(place), who, whom.id, because);
  }
  if (deed === "lift" && until) {
    return async ({ powers, now }, place, who, because) => {
      const minutes = (until - now()) / 60_000;
      if (minutes <= 0) throw new Problem("not_found"); // it would be over by now
      return await powers.timeout(where(place), who, whom.id, minutes, because);
    };
  }
  if (deed === "role" && from) return ({ powers }, _, who, because) => powers.role(who, whom.id, from, because);
  return null;
}

function there(place: Room | null): Room {
  if (!place) throw new Problem("not_found");
  return place;
}

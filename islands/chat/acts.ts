import type { Message, Reaction } from "../../domain/message.ts";
import type { RoomChange } from "../../domain/room.ts";
import type { RoomLevel } from "../../domain/room_level.ts";

/** What can be done with a message or a room besides writing. `seq` is a message's number. */
export type Act =
  | { act: "react"; seq: number; reaction: Reaction; on: boolean }
  | { act: "edit"; seq: number; text: string }
  | { act: "delete" | "show" | "pin" | "answered"; seq: number }
  | { act: "hide" | "report"; seq: number; why: string }
  | { act: "block"; userId: string }
  | { act: "ban"; userId: string; why: string }
  | { act: "unpin" }
  | { act: "timeout"; userId: string; minutes: number; why: string }
  | { act: "poll"; question: string; options: string[] }
  | { act: "vote"; seq: number; option: number }
  | { act: "close"; seq: number }
  | { act: "change"; change: RoomChange }
  | { act: "level"; level: RoomLevel }
  | { act: "invite" | "uninvite" | "end" };

/** What the server answered: a message as it is now, perhaps; or why not, in the reader's language. */
export type Answer = { ok: boolean; message?: string; body?: Partial<Message> & { path?: string; expiresAt?: number } };

/** Does it over HTTP, where every act has an answer of its own. */
export async function perform(room: string, act: Act): Promise<Answer> {
  const [method, path, body] = requestOf(act);
  const headers = { "Content-Type": "application/json" };
  try {
    const answer = await fetch(path.startsWith("/api/") ? path : `/api/rooms/${room}${path}`, {
      method,
      headers,
      body: JSON.stringify(body ?? {}),
    });
    const said = await answer.json().catch(() => ({}));
    return answer.ok ? { ok: true, body: said } : { ok: false, message: said.detail };
  } catch {
    return { ok: false };
  }
}

/** The path is in the room, unless it is a whole one. */
function requestOf(act: Act): [method: string, path: string, body?: unknown] {
  switch (act.act) {
    case "react":
      return [act.on ? "PUT" : "DELETE", `/messages/${act.seq}/reactions/${act.reaction}`];
    case "edit":
      return ["PATCH", `/messages/${act.seq}`, { text: act.text }];
    case "delete":
      return ["DELETE", `/messages/${act.seq}`];
    case "hide":
      return ["POST", `/messages/${act.seq}/hide`, { why: act.why }];
    case "show":
      return ["DELETE", `/messages/${act.seq}/hide`];
    case "report":
      return ["POST", `/messages/${act.seq}/report`, { why: act.why }];
    case "answered":
      return ["POST", `/messages/${act.seq}/answered`];
    case "pin":
      return ["PUT", "/pin", { seq: act.seq }];
    case "unpin":
      return ["DELETE", "/pin"];
    case "timeout":
      return ["POST", "/timeouts", { userId: act.userId, minutes: act.minutes, why: act.why }];
    case "ban":
      return ["POST", "/bans", { userId: act.userId, why: act.why }];
    case "block":
      return ["POST", "/api/blocks", { userId: act.userId }];
    case "change":
      return ["PATCH", "", act.change];
    case "level":
      return ["PUT", "/level", { level: act.level }];
    case "end":
      return ["DELETE", ""];
    case "invite":
      return ["POST", "/invitations"];
    case "uninvite":
      return ["DELETE", "/invitations"];
    case "poll":
      return ["POST", "/polls", { question: act.question, options: act.options }];
    case "vote":
      return ["POST", `/messages/${act.seq}/votes`, { option: act.option }];
    case "close":
      return ["POST", `/messages/${act.seq}/close`];
  }
}

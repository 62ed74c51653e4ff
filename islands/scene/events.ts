import type { Message } from "../../domain/message.ts";
import { fill } from "../../domain/words/fill.ts";
import type { About, SceneWords } from "./data.ts";

/** What an entry without words says that happened. What shows elsewhere says nothing here. */
export function eventText(
  { event }: Message,
  { scene }: About,
  { roleplay: { room, cast }, practice }: SceneWords,
): string {
  switch (event?.type) {
    case "edited":
      return room.edited;
    case "goal":
      return fill(room.goalMet, { goal: scene?.goals[event.goal] ?? String(event.goal + 1) });
    case "ended":
      return `${event.outcome.result === "won" ? room.won : room.lost} · ${event.outcome.reason}`;
    case "stage":
      return fill(event.on ? cast.stageOn : cast.stageOff, { role: event.name });
    case "played":
      return fill(event.by === "person" ? cast.byPerson : cast.byCompanion, { role: event.name });
    case "report":
      return practice.reportReady;
    default:
      return "";
  }
}

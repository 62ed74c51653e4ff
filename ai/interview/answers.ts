import type { Message } from "../../domain/message.ts";
import { visible } from "../room_window.ts";
import type { Answered } from "./score.ts";

/** The questions of an interview and what was said to each, by the branch of its talk, oldest first. */
export function answersIn(path: Message[]): Answered[] {
  const answers: Answered[] = [];
  for (const { kind, text, event } of visible(path)) {
    const last = answers.at(-1);
    if (event?.type === "question" && !event.followUp) answers.push({ question: text, said: "" });
    else if (event?.type === "question" && last) last.followUp = text;
    else if (kind !== "companion" && last) last.said = last.said ? `${last.said}\n${text}` : text;
  }
  return answers.filter(({ said }) => said !== "");
}

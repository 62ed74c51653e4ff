import type { Message } from "../../domain/message.ts";
import { visible } from "../room_window.ts";

/** What one of two asked, and what the other answered to it. */
export type Round = { question: string; answers: string[] };

/** Less than this is a greeting or a nod. Characters, like the most of a question and of an answer. */
const SAYS_SOMETHING = 10;
const QUESTION = 600;
const ANSWER = 4_000;

/** The questions and answers of one turn, oldest first; of many the `most` longest answers. A cry for help is in none. */
export function roundsOf(messages: Message[], asker: string, most: number): Round[] {
  const rounds: Round[] = [];
  for (const { author, text } of visible(messages)) {
    const last = rounds.at(-1);
    if (author.id !== asker) last?.answers.push(text);
    else if (last && !last.answers.length) last.question = `${last.question}\n${text}`;
    else rounds.push({ question: text, answers: [] });
  }
  const said = rounds.filter((round) => lengthOf(round) >= SAYS_SOMETHING);
  const kept = new Set(said.toSorted((a, b) => lengthOf(b) - lengthOf(a)).slice(0, most));
  return said.filter((round) => kept.has(round)).map(({ question, answers }) => ({
    question: [...question].slice(0, QUESTION).join(""),
    answers: upTo(answers, ANSWER),
  }));
}

const lengthOf = ({ answers }: Round): number => answers.reduce((sum, text) => sum + [...text.trim()].length, 0);

function upTo(texts: string[], most: number): string[] {
  let left = most;
  return texts.flatMap((text) => {
    const cut = [...text].slice(0, left);
    left -= cut.length;
    return cut.length ? [cut.join("")] : [];
  });
}

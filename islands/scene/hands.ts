import type { Message } from "../../domain/message.ts";
import type { HintSize } from "../../domain/practice.ts";
import type { Recollection } from "../../domain/recollection.ts";
import { type Hands, noHands } from "../chat/hands.ts";
import type { Reader } from "../speech/aloud.ts";
import type { Hint } from "./acts.ts";
import type { SoundChoice } from "./sound.tsx";

/** What the parts of an AI room can do besides. */
export type SceneHands = Hands & {
  /** The same answer in other words, as another version. */
  regenerate(seq: number): void;
  /** A message of mine, said anew: another branch begins there. */
  rerun(message: Message, text: string): void;
  /** Goes on with another version. */
  switchTo(seq: number): void;
  /** A hint for the next sentence; `null` when there is none now. */
  hint(size: HintSize): Promise<Hint | null>;
  /** What is to be remembered from now on. */
  remember(memory: Pick<Recollection, "summary" | "facts">): void;
  /** How sounds are made; absent on the server and until the browser has taken over. */
  sound?: { reader: Reader; choice(): SoundChoice; choose(choice: SoundChoice): void };
};

const nothing = () => {};
/** On the server nothing can be done: links and forms do it. */
export const noSceneHands: SceneHands = {
  ...noHands,
  regenerate: nothing,
  rerun: nothing,
  switchTo: nothing,
  hint: () => Promise.resolve(null),
  remember: nothing,
};

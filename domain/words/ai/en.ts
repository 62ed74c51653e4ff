import type { aiRoom as words } from "./ko.ts";

/** What the companion itself says in AI rooms without a model. */
export const aiRoom: typeof words = {
  /** In turn, where there is no script: nothing but an invitation to go on. */
  goOn: [
    "I see. Tell me a little more.",
    "And what happened then?",
    "How did you feel about that?",
    "What makes you think so?",
    "What would you like to do next?",
  ],
  /** The reason why a goal is met, or a scene is lost, by the words that were said. */
  saidThis: "You said: “{text}”",
};

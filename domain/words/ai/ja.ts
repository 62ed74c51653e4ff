import type { aiRoom as words } from "./ko.ts";

/** What the companion itself says in AI rooms without a model. */
export const aiRoom: typeof words = {
  /** In turn, where there is no script: nothing but an invitation to go on. */
  goOn: [
    "そうなんですね。もう少し聞かせてください。",
    "それで、どうなりましたか。",
    "そのとき、どんな気持ちでしたか。",
    "どうしてそう思ったんですか。",
    "次は何をしたいですか。",
  ],
  /** The reason why a goal is met, or a scene is lost, by the words that were said. */
  saidThis: "「{text}」と言いました。",
};

/** What the companion itself says in AI rooms without a model. */
export const aiRoom = {
  /** In turn, where there is no script: nothing but an invitation to go on. */
  goOn: [
    "그렇군요. 조금 더 이야기해 주세요.",
    "그래서 어떻게 됐어요?",
    "그때 어떤 마음이었어요?",
    "왜 그렇게 생각했어요?",
    "그다음에는 뭘 하고 싶어요?",
  ],
  /** The reason why a goal is met, or a scene is lost, by the words that were said. */
  saidThis: "“{text}” 하고 말했어요.",
};

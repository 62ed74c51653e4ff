/** Being called in a room, and the words that messages may not have. */
export const room = {
  calls: {
    one: "{name} 님이 불렀어요",
    many: "{name} 님 말고도 {n}번 더 불렀어요",
    see: "보러 가기",
    dismiss: "알겠어요",
  },
  blocked: {
    how:
      "한 줄에 하나씩, 두 글자부터 마흔 글자까지 적어요. 띄어쓰기나 점을 섞어 써도 알아봐요. 저장하면 모든 방에서 바로 지켜요.",
    label: "글에 쓸 수 없는 말 ({n}개)",
    save: "저장하기",
    first: "처음 목록 보기",
    firstHow: "정글이 처음 열 때의 목록이에요. 필요한 줄을 위로 옮겨 적어요.",
  },
  translate: {
    ask: "번역 보기",
    wait: "옮기는 중이에요…",
    by: "반디가 옮긴 글",
    failed: "지금은 옮기지 못했어요. 다시 눌러 주세요.",
  },
};

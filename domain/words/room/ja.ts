import type { room as korean } from "./ko.ts";

export const room: typeof korean = {
  calls: {
    one: "{name}さんに呼ばれました",
    many: "{name}さんのほかに、あと{n}回呼ばれました",
    see: "見に行く",
    dismiss: "わかりました",
  },
  blocked: {
    how:
      "一行にひとつ、2文字から40文字まで書いてください。空白や点をはさんでも見つけます。保存すると、すべての部屋ですぐに効きます。",
    label: "書き込めない言葉（{n}個）",
    save: "保存する",
    first: "はじめの一覧を見る",
    firstHow: "ジャングルが開いたときの一覧です。必要な行を上に写してください。",
  },
  translate: {
    ask: "翻訳を見る",
    wait: "翻訳しています…",
    by: "バンディの訳",
    failed: "いまは翻訳できませんでした。もう一度押してください。",
  },
};

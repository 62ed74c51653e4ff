import type { room as korean } from "./ko.ts";

export const room: typeof korean = {
  calls: {
    one: "{name} called you",
    many: "{name} called you, and {n} more",
    see: "Go there",
    dismiss: "Got it",
  },
  blocked: {
    how:
      "One on each line, of two to forty characters. They are found with spaces or dots in between, too. Once saved, they hold in every room.",
    label: "Words that messages may not have ({n})",
    save: "Save",
    first: "Show the first list",
    firstHow: "What a new place starts with. Copy up the lines that you need.",
  },
  translate: {
    ask: "Translate",
    wait: "Translating…",
    by: "Translated by Bandi",
    failed: "It could not be translated now. Please press again.",
  },
};

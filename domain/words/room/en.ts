import type { room as korean } from "./ko.ts";

export const room: typeof korean = {
  calls: {
    one: "{name} called you",
    many: "{name} called you, and {n} more",
    see: "Go there",
    dismiss: "Got it",
  },
  shape: {
    name: "Name of the room",
    topic: "What it is about",
    access: "Who may read",
    saved: "The room is changed.",
  },
  blocked: {
    tab: "Blocked words",
    how:
      "One on each line, of two to forty characters. They are found with spaces or dots in between, too. Once saved, they hold in every room.",
    label: "Words that messages may not have ({n})",
    save: "Save",
    first: "Show the first list",
    firstHow: "What a new place starts with. Copy up the lines that you need.",
    saved: "The blocked words are changed.",
  },
};

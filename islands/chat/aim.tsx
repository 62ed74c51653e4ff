import { fill } from "../../domain/words/fill.ts";
import { Icon } from "../icon.tsx";
import type { Aim } from "./state.ts";
import type { View } from "./view.ts";

/** What the field is for just now, with the way out of it. */
export function AimBar({ aim, view, drop }: { aim: Aim; view: View; drop(): void }) {
  const { chat } = view.words;
  return (
    <p class="row aim s">
      <Icon name={aim.kind === "edit" ? "pen" : aim.kind === "reply" ? "reply" : "ask"} />
      <span class="grow">{said(aim, view)}</span>
      <button type="button" class="ico" aria-label={chat.dropAim} onClick={drop}>
        <Icon name="x" />
      </button>
    </p>
  );
}

function said(aim: Aim, { words: { chat }, place }: View): string {
  switch (aim.kind) {
    case "reply":
      return fill(chat.replyTo, { name: aim.message.author.nickname });
    case "edit":
      return chat.editing;
    case "question":
      return chat.asking;
    case "companion":
      return fill(chat.askingCompanion, { name: place.companion ?? "" });
  }
}

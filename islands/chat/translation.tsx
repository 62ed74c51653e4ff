import { useEffect, useState } from "preact/hooks";
import type { Message } from "../../domain/message.ts";
import { foreign } from "./script.ts";
import type { View } from "./view.ts";

type State = "asked" | { text: string } | { fault: string } | null;

/** What is said in letters of another language, in the reader's; the words themselves stay. Only scripts can ask. */
export function Translation({ message, view }: { message: Message; view: View }) {
  const [state, set] = useState<State>(null);
  const [alive, live] = useState(false);
  useEffect(() => live(true), []);
  const { text, kind, gone, photo, poll, seq } = message, { place: { room, translate }, lang } = view;
  const spoken = (kind === "user" || kind === "admin") && !gone && !photo && !poll;
  if (!alive || !translate || !spoken || !foreign(text, lang)) return null;
  const ask = async () => {
    set("asked");
    set(await fetchFor(`/api/rooms/${room}/messages/${seq}/translation?lang=${lang}`, translate.failed));
  };
  if (state && typeof state === "object" && "text" in state) {
    return (
      <p class="translated">
        <span class="xs muted">{translate.by}</span>
        {state.text}
      </p>
    );
  }
  return (
    <p class="row s" role="status">
      <button type="button" class="link" disabled={state === "asked"} onClick={ask}>
        {state === "asked" ? translate.wait : translate.ask}
      </button>
      {state && typeof state === "object" && <span class="err">{state.fault}</span>}
    </p>
  );
}

async function fetchFor(address: string, failed: string): Promise<State> {
  try {
    const answer = await fetch(address);
    const said = await answer.json();
    return answer.ok ? { text: said.text } : { fault: said.detail ?? failed };
  } catch {
    return { fault: failed };
  }
}

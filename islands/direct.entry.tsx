import { hydrate, type VNode } from "preact";
import { useEffect, useState } from "preact/hooks";
import { arrive } from "./chat/arrive.ts";
import { browserShelf } from "./chat/outbox.ts";
import { Room } from "./chat/room.tsx";
import { begin } from "./chat/state.ts";
import { openStore } from "./chat/store.ts";
import type { View } from "./chat/view.ts";
import { openAck } from "./direct/ack.ts";
import type { DirectData } from "./direct/data.ts";
import { Here } from "./direct/here.tsx";
import { Chats } from "./direct/list.tsx";
import { Sprite } from "./icon.tsx";
import { closeMenus } from "./menu.ts";

const data = JSON.parse(document.getElementById("direct")!.textContent!) as DirectData;
const { place, words } = data;
const shelf = browserShelf();
const store = openStore({
  room: place.room,
  first: begin(data.me, data.room),
  shelf,
  failed: words.chat.failedAct,
  also: (frame) => frame.type === "left" && location.replace("/chats"),
});
const ack = openAck(place.room, store.say);
const seen = () => ack(store.chat(), !document.hidden);

if (matchMedia("(width < 75rem)").matches) {
  // Here they lie over the talk: one at a time.
  for (const fold of document.querySelectorAll<HTMLDetailsElement>(".fold")) {
    fold.name = "fold";
    fold.open = false;
  }
}
mount("chats", <Chats {...data.list} shelf={shelf} />);
mount("here", <Presence />);
mount("room", <Talk />);
arrive(document.getElementById("room")!);
store.changed(seen);
document.addEventListener("visibilitychange", seen);
store.start();
closeMenus();
for (const button of document.querySelectorAll<HTMLButtonElement>("[data-starter]")) {
  button.addEventListener("click", () => put(button.dataset.starter!));
}

/** Takes over what the server has drawn under an id. */
function mount(id: string, part: VNode): void {
  hydrate(<Sprite.Provider value={data.sprite}>{part}</Sprite.Provider>, document.getElementById(id)!);
}

/** The room as it is now; drawn again with each change. */
function useChat() {
  const [, draw] = useState({});
  useEffect(() => store.changed(() => draw({})), []);
  return store.chat();
}

function Presence() {
  return <Here chat={useChat()} words={words} />;
}

/** First as the server drew it; then times and days are the reader's own. */
function Talk() {
  const { lang, zone, now, maxText, form } = data;
  const [view, show] = useState<View>({ lang, zone, now, words, maxText, place });
  useEffect(() => show({ ...view, zone: Intl.DateTimeFormat().resolvedOptions().timeZone, now: Date.now() }), []);
  const heard = { quiet: store.quiet(), digest: store.digest() };
  return <Room chat={useChat()} hands={store} view={view} {...heard} shelf={shelf} form={form} />;
}

/** A starter goes into the field and no further: sending is up to the reader. */
function put(text: string): void {
  const box = document.getElementById("say") as HTMLTextAreaElement;
  box.value = box.value.trim() ? `${box.value.trimEnd()} ${text}` : text;
  box.dispatchEvent(new Event("input", { bubbles: true }));
  box.focus();
}

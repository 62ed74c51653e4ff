import type { Message } from "../domain/message.ts";
import { arrive } from "./chat/arrive.ts";
import { browserShelf } from "./chat/outbox.ts";
import { begin } from "./chat/state.ts";
import { openStore } from "./chat/store.ts";
import { Talk, useChat } from "./chat/talk.tsx";
import { openAck } from "./direct/ack.ts";
import type { DirectData } from "./direct/data.ts";
import { Here } from "./direct/here.tsx";
import { Chats } from "./direct/list.tsx";
import { PairBar, pairText } from "./direct/pair.tsx";
import { openPairSource } from "./direct/pair_source.ts";
import { closeMenus } from "./menu.ts";
import { mountWith } from "./mount.tsx";

const data = JSON.parse(document.getElementById("direct")!.textContent!) as DirectData;
const { place, words } = data;
const shelf = browserShelf();
const source = openPairSource(place.room, data.pair);
const more = {
  above: () => <PairBar data={data} source={source} />,
  event: (message: Message) => pairText(message, data),
};
const store = openStore({
  room: place.room,
  first: begin(data.me, data.room),
  shelf,
  words,
  also(frame) {
    if (frame.type === "left") location.replace("/chats");
    source.hear(frame);
  },
});
const ack = openAck(place.room, store.say);
const seen = () => ack(store.chat(), !document.hidden);

const wide = matchMedia("(width >= 75rem)").matches;
if (wide) {
  // There is place for all of them; elsewhere they lie over the talk, one at a time.
  for (const fold of document.querySelectorAll<HTMLDetailsElement>(".fold")) {
    fold.removeAttribute("name");
    fold.open = true;
  }
}
const mount = mountWith(data.sprite);
mount("chats", <Chats {...data.list} shelf={shelf} />);
mount("here", <Presence />);
mount("room", <Talk store={store} data={{ ...data, ...more }} shelf={shelf} />);
arrive(document.getElementById("room")!);
store.changed(seen);
document.addEventListener("visibilitychange", seen);
store.start();
closeMenus();
for (const button of document.querySelectorAll<HTMLButtonElement>("[data-starter]")) {
  button.addEventListener("click", () => put(button.dataset.starter!));
}

function Presence() {
  return <Here chat={useChat(store)} words={words} />;
}

/** A starter goes into the field and no further: sending is up to the reader. */
function put(text: string): void {
  const box = document.getElementById("say") as HTMLTextAreaElement;
  box.value = box.value.trim() ? `${box.value.trimEnd()} ${text}` : text;
  box.dispatchEvent(new Event("input", { bubbles: true }));
  if (!wide) document.getElementById("start")!.removeAttribute("open");
  box.focus();
}

import type { ServerFrame } from "../domain/wire.ts";
import { browserShelf, openNote } from "./chat/outbox.ts";
import { keepSeen } from "./chat/seen.ts";
import { arrive } from "./chat/arrive.ts";
import { begin } from "./chat/state.ts";
import { openStore } from "./chat/store.ts";
import { Talk, useChat } from "./chat/talk.tsx";
import { Views } from "./live/count.tsx";
import type { LiveData } from "./live/data.ts";
import { Heading } from "./live/heading.tsx";
import { Rooms, type RoomsProps } from "./live/rooms.tsx";
import { Stage } from "./live/stage.tsx";
import { closeMenus } from "./menu.ts";
import { mountWith } from "./mount.tsx";

const data = JSON.parse(document.getElementById("live")!.textContent!) as LiveData;
const list = JSON.parse(document.getElementById("lobby")!.textContent!) as RoomsProps;
const { place, words } = data;
const shelf = browserShelf();
let hearRooms = (_: ServerFrame): void => {};
const store = openStore({
  room: place.room,
  first: begin(data.me, data.room),
  shelf,
  words,
  hello: [{ type: "lobby" }],
  also(frame) {
    hearRooms(frame);
    if (frame.type === "room" && frame.room.pinned !== undefined) void keepPinned(frame.room.pinned);
  },
});

for (const fold of document.querySelectorAll<HTMLDetailsElement>(".fold")) if (narrow()) fold.open = false;
const mount = mountWith(data.sprite);
mount("rooms", <Rooms {...list} follow={(hear) => hearRooms = hear} />);
mount("heading", <Top />);
mount("room", <Talk store={store} data={data} shelf={shelf} />);
mount("stage", <Beside />);
mount("views", <Choice />);
arrive(document.getElementById("room")!);
store.start();
if (data.room.about.access === "public") keepSeen(shelf, data.title, store.chat);
store.showCame(note("came") !== "off");
closeMenus();

function Top() {
  return <Heading chat={useChat(store)} words={words} />;
}

function Choice() {
  return <Views chat={useChat(store)} hands={store} words={words} />;
}

function Beside() {
  return <Stage chat={useChat(store)} hands={store} data={data} note={note} />;
}

/** The pinned message may be older than what is held. */
async function keepPinned(seq: number): Promise<void> {
  const answer = await fetch(`/api/rooms/${place.room}`).catch(() => null);
  const room = answer?.ok ? await answer.json() : null;
  if (room?.pin?.seq === seq) store.keep(room.pin);
}

/** Reads, or keeps, a small thing on this device. */
function note(name: string, value?: string): string {
  const kept = openNote(shelf, `${name}:${place.room}`);
  if (value !== undefined) kept.keep(value);
  return kept.read();
}

function narrow(): boolean {
  return matchMedia("(width < 75rem)").matches;
}

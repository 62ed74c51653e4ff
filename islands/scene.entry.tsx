import { useEffect, useState } from "preact/hooks";
import type { Message } from "../domain/message.ts";
import { arrive } from "./chat/arrive.ts";
import { browserShelf, openNote } from "./chat/outbox.ts";
import { openStore } from "./chat/store.ts";
import { closeMenus } from "./menu.ts";
import { mountWith } from "./mount.tsx";
import { openActs } from "./scene/acts.ts";
import { beginScene } from "./scene/begin.ts";
import { languageOf, type SceneData } from "./scene/data.ts";
import type { SceneHands } from "./scene/hands.ts";
import { SceneRoom } from "./scene/room.tsx";
import { Side } from "./scene/side.tsx";
import type { SoundChoice } from "./scene/sound.tsx";
import { openReader } from "./speech/aloud.ts";

const first = JSON.parse(document.getElementById("scene")!.textContent!) as SceneData;
let data = first;
const hearers = new Set<() => void>();
const shelf = browserShelf();
const reader = openReader();
const acts = openActs(first.api, !first.about.scene?.cast);
const note = openNote(shelf, "sound");
/** There is room beside the talk. */
const wide = matchMedia("(width >= 75rem)");
const store = openStore({
  room: first.place.room,
  first: beginScene(first),
  shelf,
  words: first.words,
  also(frame) {
    if (frame.type === "changed" || frame.type === "messages") heard(frame.items);
  },
});

const hands: SceneHands = {
  ...store,
  regenerate: (seq) => void tried(acts.regenerate(seq)),
  rerun: (message, text) => void tried(acts.rerun(message.seq, text)),
  switchTo: (seq) => void tried(acts.switchTo(seq)),
  hint: acts.hint,
  remember: (memory) => void tried(acts.remember(memory).then(refresh)),
  sound: { reader, choice, choose },
};

fit();
wide.addEventListener("change", fit);
addEventListener("toggle", foldOthers, { capture: true });
const mount = mountWith(first.sprite);
mount("side", <Beside />);
mount("room", <Talk />);
arrive(document.getElementById("room")!);
store.start();
closeMenus();

/** The room as it is now; drawn again with each change. */
function useRoom() {
  const [, draw] = useState({});
  useEffect(() => {
    const again = () => draw({});
    hearers.add(again);
    const off = store.changed(again);
    return () => {
      hearers.delete(again);
      off();
    };
  }, []);
  return store.chat();
}

function Beside() {
  const { me, items } = useRoom();
  const said = items.findLast(({ author }) => author.id === me?.id)?.text ?? "";
  return <Side data={data} hands={useHands()} said={said} />;
}

/** First as the server drew it; then times are the reader's own. */
function Talk() {
  const chat = useRoom();
  const [clock, setClock] = useState({ zone: first.zone, now: first.now });
  useEffect(() => {
    setClock({ zone: Intl.DateTimeFormat().resolvedOptions().timeZone, now: Date.now() });
  }, []);
  const heard = { quiet: store.quiet(), digest: store.digest() };
  return <SceneRoom chat={chat} hands={useHands()} data={data} {...clock} {...heard} shelf={shelf} />;
}

/** What only scripts can do shows after the first drawing, which is the server's. */
function useHands(): SceneHands {
  const [alive, live] = useState(false);
  useEffect(() => live(true), []);
  return alive ? hands : { ...hands, sound: undefined };
}

/** What happened may have changed goals, questions and what is left; an answer that is done may be read aloud. */
function heard(items: Message[]): void {
  if (items.some(takesMyRole)) return location.assign("/roleplay");
  if (items.some(({ event, change }) => event || (change?.state && change.state !== "streaming"))) void refresh();
  for (const { change } of items) if (change?.state === "done" && choice().auto) read(change.of);
}

/** I gave it back, or the owner took it: this page is not mine any more. */
function takesMyRole({ event }: Message): boolean {
  if (event?.type !== "played" || event.by !== "companion") return false;
  return data.about.scene?.cast?.some(({ name, player }) => name === event.name && player?.id === data.me.id) ?? false;
}

async function refresh(): Promise<void> {
  const about = await acts.about();
  if (!about) return;
  data = { ...data, about };
  hearers.forEach((draw) => draw());
}

async function tried(work: Promise<string | null | void>): Promise<void> {
  const refused = await work;
  if (refused !== null && refused !== undefined) store.tell(refused || first.words.chat.failedAct, true);
}

function read(seq: number): void {
  setTimeout(() => {
    const element = document.querySelector<HTMLElement>(`#m${seq} .bubble`);
    const voice = data.model ? `/api/rooms/${data.place.room}/messages/${seq}/speech` : undefined;
    if (element) void reader.read({ element, lang: languageOf(data.about), speed: choice().speed, voice });
  }, 100);
}

function choice(): SoundChoice {
  const [speed, auto] = note.read().split(" ");
  return { speed: speed === "0.75" ? 0.75 : speed === "1.25" ? 1.25 : 1, auto: auto === "auto" };
}

function choose({ speed, auto }: SoundChoice): void {
  note.keep(`${speed} ${auto ? "auto" : ""}`);
  hearers.forEach((draw) => draw());
}

/** Where they lie over the talk, one is open at a time. */
function foldOthers({ target }: Event): void {
  if (wide.matches || !(target instanceof HTMLDetailsElement) || !target.matches(".fold[open]")) return;
  for (const fold of document.querySelectorAll<HTMLDetailsElement>(".fold[open]")) fold.open = fold === target;
}

/** Beside the talk what matters is open; over it nothing is until it is wanted. */
function fit(): void {
  for (const fold of document.querySelectorAll<HTMLDetailsElement>(".fold")) {
    fold.open = wide.matches && fold.matches(".shown");
  }
}

import { hydrate, type VNode } from "preact";
import { useEffect, useState } from "preact/hooks";
import { arrive } from "./chat/arrive.ts";
import { browserShelf } from "./chat/outbox.ts";
import { keepSeen } from "./chat/seen.ts";
import { Room } from "./chat/room.tsx";
import { begin } from "./chat/state.ts";
import { openStore, type Store } from "./chat/store.ts";
import type { View } from "./chat/view.ts";
import { Sprite } from "./icon.tsx";
import { type Card, cardOf, LetterCard } from "./letter_card.tsx";
import { closeMenus } from "./menu.ts";
import { People, type PlazaData } from "./plaza.tsx";

const data = JSON.parse(document.getElementById("plaza")!.textContent!) as PlazaData;
const shelf = browserShelf();
const store = openStore({
  room: data.place.room,
  first: begin(data.me, data.room),
  shelf,
  failed: data.words.chat.failedAct,
});

mount("people", <Count store={store} />);
mount("room", <Live store={store} />);
mount("letter", <Today store={store} />);
arrive(document.getElementById("room")!);
store.start();
keepSeen(shelf, data.words.plaza.title, store.chat);
closeMenus();

/** Takes over what the server has drawn under an id. */
function mount(id: string, part: VNode): void {
  hydrate(<Sprite.Provider value={data.sprite}>{part}</Sprite.Provider>, document.getElementById(id)!);
}

/** The room as it is now; drawn again with each change. */
function useChat(store: Store) {
  const [, draw] = useState({});
  useEffect(() => store.changed(() => draw({})), [store]);
  return store.chat();
}

function Count({ store }: { store: Store }) {
  return <People chat={useChat(store)} words={data.words} />;
}

/** First as the server drew it; then times and days are the reader's own. */
function Live({ store }: { store: Store }) {
  const { lang, zone, now, words, maxText, form, place } = data;
  const [view, show] = useState<View>({ lang, zone, now, words, maxText, place });
  useEffect(() => show({ ...view, zone: Intl.DateTimeFormat().resolvedOptions().timeZone, now: Date.now() }), []);
  const chat = useChat(store);
  const heard = { quiet: store.quiet(), digest: store.digest() };
  return <Room chat={chat} hands={store} view={view} {...heard} shelf={shelf} form={form} />;
}

/** The letter of the day comes by itself. */
function Today({ store }: { store: Store }) {
  const { lang, today, words } = data;
  const [card, show] = useState<Card | null>(data.card);
  const { letter } = useChat(store);
  useEffect(() => {
    if (letter) fetchLetter().then((fresh) => fresh && show(fresh));
  }, [letter]);
  const news = letter && card?.date === letter ? words.chat.letter : undefined;
  return <LetterCard card={card} today={letter ?? today} lang={lang} words={words.plaza} news={news} />;
}

async function fetchLetter(): Promise<Card | null> {
  const answer = await fetch("/api/letters/latest").catch(() => null);
  return answer?.ok ? cardOf(await answer.json(), data.lang) : null;
}

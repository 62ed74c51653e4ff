import { useEffect, useState } from "preact/hooks";
import { arrive } from "./chat/arrive.ts";
import { browserShelf } from "./chat/outbox.ts";
import { keepSeen } from "./chat/seen.ts";
import { begin } from "./chat/state.ts";
import type { Store } from "./chat/hands.ts";
import { openStore } from "./chat/store.ts";
import { Talk, useChat } from "./chat/talk.tsx";
import { type Card, cardOf, LetterCard } from "./letter_card.tsx";
import { closeMenus } from "./menu.ts";
import { mountWith } from "./mount.tsx";
import { People, type PlazaData } from "./plaza.tsx";

const data = JSON.parse(document.getElementById("plaza")!.textContent!) as PlazaData;
const shelf = browserShelf();
const store = openStore({
  room: data.place.room,
  first: begin(data.me, data.room),
  shelf,
  words: data.words,
});

const mount = mountWith(data.sprite);
mount("people", <Count store={store} />);
mount("room", <Talk store={store} data={data} shelf={shelf} />);
mount("letter", <Today store={store} />);
arrive(document.getElementById("room")!);
store.start();
keepSeen(shelf, data.words.plaza.title, store.chat);
closeMenus();

function Count({ store }: { store: Store }) {
  return <People chat={useChat(store)} words={data.words} />;
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

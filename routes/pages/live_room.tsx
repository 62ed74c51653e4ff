import { Hono } from "hono";
import { noHands } from "../../islands/chat/hands.ts";
import { Room } from "../../islands/chat/room.tsx";
import { begin } from "../../islands/chat/state.ts";
import { Views } from "../../islands/live/count.tsx";
import type { LiveData } from "../../islands/live/data.ts";
import { Heading } from "../../islands/live/heading.tsx";
import { Rooms, titleOf } from "../../islands/live/rooms.tsx";
import { Stage } from "../../islands/live/stage.tsx";
import { Icon } from "../../islands/icon.tsx";
import { type Glimpse, mayKeep, mayOwn, mayWrite, type Room as LiveRoom, rules, STREAMING } from "../../domain/room.ts";
import { levelOf, looked } from "../../kv/levels.ts";
import { findRoom } from "../../kv/rooms.ts";
import { seenBy } from "../../realtime/seen.ts";
import type { AppContext, AppEnv, Parts } from "../context.ts";
import { type Around, windowAround, windowQuestion } from "./around.ts";
import { Days } from "./days.tsx";
import { draftOf } from "./draft.ts";
import { Page, show } from "./layout.tsx";
import { More } from "./switches.tsx";

/** Polls and questions among so many of the newest messages stand beside the talk. */
const ASIDE = 200;

/** A live room: the talk to read without scripts, and a form to write with. */
export function liveRoomPages(parts: Parts): Hono<AppEnv> {
  const page = async (c: AppContext, id: string) => {
    const room = await findRoom(parts, id, c.var.who);
    if (c.var.who) await looked(parts.store, c.var.who.id, room.id, parts.now());
    const seen = seenBy(parts, c.var.who), zone = parts.env.letterTimeZone;
    const window = await windowAround(seen, room.id, windowQuestion.parse(c.req.query()), zone);
    const [data, { items }] = await Promise.all([dataOf(c, parts, room, window), parts.lobby.list(c.var.who)]);
    return show(c, <RoomPage c={c} parts={parts} data={data} cards={items} window={window} />);
  };
  return new Hono<AppEnv>()
    .get("/streaming", (c) => page(c, STREAMING))
    .get("/live/:id", (c) => page(c, c.req.param("id")));
}

async function dataOf(
  c: AppContext,
  { hub, log, env, now, assets, model, store }: Parts,
  room: LiveRoom,
  { epoch, head, items, upTo }: Around,
): Promise<LiveData> {
  const { lang, words, who } = c.var;
  const { chat, moods, roles, crisis, order, calls, live, roomLevel, keeping } = words;
  const seen = seenBy({ hub, log }, who);
  const recent = await seen.recent(room.id, ASIDE);
  const pinned = room.pinned === undefined ? [] : await seen.messages(room.id, [room.pinned]);
  const kept = [...pinned, ...recent.items.filter(({ poll, asks }) => poll || asks)];
  const path = room.id === STREAMING ? "/streaming" : `/live/${room.id}`;
  const may = { write: mayWrite(room, who), keep: mayKeep(room, who), own: mayOwn(room, who) };
  return {
    lang,
    sprite: assets.url("icons.svg"),
    zone: env.letterTimeZone,
    now: now(),
    me: who && { id: who.id, nickname: who.nickname, role: who.role },
    title: titleOf(room, live),
    room: {
      epoch,
      head,
      items,
      people: hub.people(room.id, seen.apart),
      upTo,
      kept,
      about: room,
    },
    may,
    level: who ? await levelOf(store, who.id, room.id) : undefined,
    maxText: rules.live.maxText,
    form: { clientId: crypto.randomUUID(), draft: draftOf(c) },
    place: {
      room: room.id,
      path,
      form: `/live/${room.id}`,
      dense: true,
      keeps: may.keep,
      companion: live.companion,
      audience: live.audiences[room.access ?? "public"],
      translate: model.name ? words.translate : undefined,
    },
    words: { chat, moods, roles, crisis, order, calls, live, roomLevel, keeping },
  };
}

type RoomProps = { c: AppContext; parts: Parts; data: LiveData; cards: Glimpse[]; window: Around };

function RoomPage({ c, parts, data, cards, window }: RoomProps) {
  const { words, lang, zone, now, maxText, form, place } = data;
  const chat = begin(data.me, data.room);
  const view = { lang, zone, now, maxText, words, place };
  const list = { cards, here: place.room, lang, words: words.live };
  return (
    <Page
      c={c}
      house={parts}
      title={data.title}
      nav="live"
      class="fixed"
      main="panes live"
      scripts={["live.js"]}
      data={{ live: data, lobby: list }}
    >
      <nav class="list" aria-label={words.live.list}>
        <h2 class="row between">
          {words.live.title}
          <a class="ico" href="/live#create" aria-label={words.live.create}>
            <Icon name="plus" />
          </a>
        </h2>
        <div id="rooms">
          <Rooms {...list} />
        </div>
      </nav>
      <header class="bar">
        <a class="ico back" href="/live" aria-label={words.live.toList}>
          <Icon name="back" />
        </a>
        <div class="grow">
          <div id="heading">
            <Heading chat={chat} words={words} />
          </div>
          <Days c={c} room={place.room} window={window} />
        </div>
        <div id="views">
          <Views chat={chat} hands={noHands} words={words} />
        </div>
        <a class="ico" href={`/search?room=${place.room}`} aria-label={c.var.words.search.title}>
          <Icon name="search" />
        </a>
        <More c={c} />
      </header>
      <section class="side folds" aria-label={words.live.side} id="stage">
        <Stage chat={chat} hands={noHands} data={data} note={() => ""} />
      </section>
      <section class="chat" aria-label={words.live.room.replace("{title}", data.title)} id="room" data-at={window.at}>
        <Room chat={chat} hands={noHands} view={view} quiet={false} digest={0} shelf={null} form={form} />
      </section>
    </Page>
  );
}

import { Hono } from "hono";
import { noHands } from "../../islands/chat/hands.ts";
import { Room as Talk } from "../../islands/chat/room.tsx";
import { begin } from "../../islands/chat/state.ts";
import type { DirectData } from "../../islands/direct/data.ts";
import { PairBar, pairText } from "../../islands/direct/pair.tsx";
import { Here } from "../../islands/direct/here.tsx";
import { Chats } from "../../islands/direct/list.tsx";
import type { View } from "../../islands/chat/view.ts";
import { Icon } from "../../islands/icon.tsx";
import { type Room, rules } from "../../domain/room.ts";
import { fill } from "../../domain/words/fill.ts";
import { seenBy } from "../../realtime/seen.ts";
import { otherIn } from "../../realtime/chats.ts";
import { between } from "../between.ts";
import type { AppContext, AppEnv, Parts } from "../context.ts";
import { me } from "../guard.ts";
import { findDirect } from "../matching.ts";
import { pairSeen } from "../pairs.ts";
import { type Around, windowAround, windowQuestion } from "./around.ts";
import { Side } from "./chat_side.tsx";
import { listFor, newsIn, OpenOf } from "./chats.tsx";
import { draftOf } from "./draft.ts";
import { Page, show } from "./layout.tsx";
import { Portrait } from "./portrait.tsx";
import { More } from "./switches.tsx";

/** A conversation of two: to read and to write without scripts too. */
export function chatPages(parts: Parts): Hono<AppEnv> {
  const { env, matching } = parts;
  return new Hono<AppEnv>().get("/chats/:id", async (c) => {
    const id = c.req.param("id");
    if (!c.var.who) return c.redirect(`/login?next=${encodeURIComponent(`/chats/${id}`)}`, 303);
    const room = await findDirect(parts, c);
    const window = await windowAround(
      seenBy(parts, c.var.who),
      room.id,
      windowQuestion.parse(c.req.query()),
      env.letterTimeZone,
    );
    const shared = await between(parts, room, me(c));
    const person = await otherIn(parts.store, room, me(c));
    const data = await dataOf(c, parts, room, window, person.nickname);
    await matching.receipts.move(room, me(c), { read: window.items.at(-1)?.seq });
    const { words } = data;
    const chat = begin(data.me, data.room);
    const view: View = {
      ...data,
      words,
      above: () => <PairBar data={data} />,
      event: (message) => pairText(message, data),
    };
    c.set("news", newsIn(data.list));
    c.header("Cache-Control", "no-store");
    return show(
      c,
      <Page
        c={c}
        house={parts}
        title={fill(words.direct.with, { name: person.nickname })}
        nav="match"
        class="fixed"
        main="panes direct"
        scripts={["direct.js"]}
        data={{ direct: data }}
      >
        <nav class="list" aria-label={words.direct.list}>
          <h2>{words.direct.title}</h2>
          <div id="chats">
            <Chats {...data.list} />
          </div>
          <OpenOf c={c} list={data.list} />
        </nav>
        <header class="bar">
          <a class="ico back" href="/chats" aria-label={words.direct.title}>
            <Icon name="back" />
          </a>
          <Portrait c={c} person={person} />
          <div class="grow">
            <h1>{person.nickname}</h1>
            <p id="here">
              <Here chat={chat} words={words} />
            </p>
          </div>
          <a class="ico" href={`/search?room=${room.id}`} aria-label={words.direct.searchHere}>
            <Icon name="search" />
          </a>
          <More c={c} />
        </header>
        <Side
          c={c}
          room={room}
          person={person}
          shared={shared}
          muted={isMuted(data, room)}
          begun={window.items.length > 0}
        />
        <section
          class="chat"
          aria-label={fill(words.direct.with, { name: person.nickname })}
          id="room"
          data-at={window.at}
        >
          <Talk chat={chat} hands={noHands} view={view} quiet={false} digest={0} shelf={null} form={data.form} />
        </section>
      </Page>,
    );
  });
}

const isMuted = ({ list }: DirectData, { id }: Room): boolean =>
  list.chats.some(({ room, muted }) => room === id && muted);

async function dataOf(c: AppContext, parts: Parts, room: Room, window: Around, other: string): Promise<DirectData> {
  const { lang, words: { chat, moods, roles, crisis, order, calls, matching, pair, translate } } = c.var;
  const { id, nickname, role } = me(c), { chats: direct } = matching;
  const { hub, env, now, assets, model } = parts, { epoch, head, items, upTo } = window;
  const path = `/chats/${room.id}`;
  const words = { ...chat, begin: direct.begin, emptyTitle: direct.quiet, empty: direct.begin, log: direct.list };
  return {
    lang,
    sprite: assets.url("icons.svg"),
    zone: env.letterTimeZone,
    now: now(),
    me: { id, nickname, role },
    room: {
      epoch,
      head,
      items,
      people: hub.people(room.id),
      upTo,
      about: room,
      receipt: await parts.matching.receipts.seenBy(room, me(c)),
    },
    maxText: rules.direct.maxText,
    form: { clientId: crypto.randomUUID(), draft: draftOf(c) },
    place: {
      room: room.id,
      path,
      form: path,
      dense: false,
      keeps: false,
      audience: direct.audience,
      translate: model.name ? translate : undefined,
      receipts: { sent: direct.sent, delivered: direct.delivered, read: direct.read },
      photo: { send: direct.sendPhoto, said: direct.photoSaid },
    },
    words: {
      chat: { ...words, placeholder: direct.placeholder, readOnly: direct.closedHow },
      moods,
      roles,
      crisis,
      order,
      calls,
      direct,
      pair,
    },
    with: other,
    pair: await pairSeen(parts, c, room),
    list: await listFor(c, parts, room.id),
  };
}

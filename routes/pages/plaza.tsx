import { Hono } from "hono";
import { Icon } from "../../islands/icon.tsx";
import { cardOf, LetterCard } from "../../islands/letter_card.tsx";
import { People, type PlazaData } from "../../islands/plaza.tsx";
import { noHands } from "../../islands/chat/hands.ts";
import { Room } from "../../islands/chat/room.tsx";
import { begin } from "../../islands/chat/state.ts";
import { dateAt } from "../../domain/day.ts";
import type { Message } from "../../domain/message.ts";
import { mayKeep, PLAZA, rules } from "../../domain/room.ts";
import { seenBy } from "../../realtime/seen.ts";
import type { AppContext, AppEnv, Parts } from "../context.ts";
import { type Around, windowAround, windowQuestion } from "./around.ts";
import { Canopy } from "./canopy.tsx";
import { Days } from "./days.tsx";
import { draftOf } from "./draft.ts";
import { Page, show } from "./layout.tsx";
import { More } from "./switches.tsx";
import { Weather } from "./weather.tsx";

const HOUR = 3_600_000;

/** The plaza: the newest buzzes and the letter, to read without scripts; a form to write with. */
export function plazaPages(parts: Parts): Hono<AppEnv> {
  const { env, now, assets } = parts;
  return new Hono<AppEnv>().get("/", async (c) => {
    const seen = seenBy(parts, c.var.who);
    const window = await windowAround(seen, PLAZA, windowQuestion.parse(c.req.query()), env.letterTimeZone);
    const known = await seen.recent(PLAZA, 500);
    const data = await dataOf(c, parts, window);
    const hour = known.items.filter(({ at }) => at > now() - HOUR);
    return show(
      c,
      <Page
        c={c}
        house={{ assets, env }}
        title={c.var.words.plaza.title}
        nav="plaza"
        class="fixed tabs"
        main="panes plaza"
        scripts={["plaza.js"]}
        data={{ plaza: data }}
      >
        <Plaza c={c} data={data} hour={hour} window={window} />
      </Page>,
    );
  });
}

async function dataOf(
  c: AppContext,
  { hub, letters, env, now, assets, model }: Parts,
  { epoch, head, items, upTo }: Around,
): Promise<PlazaData> {
  const { lang, words: { chat, moods, roles, crisis, order, calls, plaza, translate }, who } = c.var;
  const letter = await letters.latest();
  return {
    lang,
    sprite: assets.url("icons.svg"),
    zone: env.letterTimeZone,
    now: now(),
    today: dateAt(now(), env.letterTimeZone),
    me: who && { id: who.id, nickname: who.nickname, role: who.role },
    room: { epoch, head, items, upTo, people: hub.people(PLAZA, hub.apart(who?.id)) },
    card: letter && cardOf(letter, lang),
    maxText: rules.plaza.maxText,
    form: { clientId: crypto.randomUUID(), draft: draftOf(c) },
    place: {
      practise: c.var.words.cards.fromBuzz,
      room: PLAZA,
      path: "/",
      form: "/buzz",
      dense: false,
      keeps: mayKeep({ id: PLAZA, kind: "plaza" }, who),
      audience: chat.audience,
      translate: model.name ? translate : undefined,
    },
    words: { chat, moods, roles, crisis, order, calls, plaza },
  };
}

type Props = { c: AppContext; data: PlazaData; hour: Message[]; window: Around };

function Plaza({ c, data, hour, window }: Props) {
  const { words, lang, zone, now, maxText, form, card, today, place } = data;
  const chat = begin(data.me, data.room);
  const view = { lang, zone, now, maxText, words, place };
  return (
    <>
      <header class="bar canopy">
        <Canopy />
        <div class="grow">
          <h1>{words.plaza.title}</h1>
          <p class="viewers" id="people">
            <People chat={chat} words={words} />
          </p>
          <Days c={c} room={PLAZA} window={window} />
        </div>
        <a class="ico" href="/search" aria-label={c.var.words.search.title}>
          <Icon name="search" />
        </a>
        <More c={c} />
      </header>
      <section class="side" aria-label={words.plaza.side}>
        <div id="letter">
          <LetterCard card={card} today={today} lang={lang} words={words.plaza} />
        </div>
        <Weather messages={hour} words={c.var.words} />
      </section>
      <section class="chat" aria-label={words.chat.room} id="room" data-at={window.at}>
        <Room chat={chat} hands={noHands} view={view} quiet={false} digest={0} shelf={null} form={form} />
      </section>
    </>
  );
}

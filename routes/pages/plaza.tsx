import { Hono } from "hono";
import { z } from "zod";
import { cardOf, LetterCard } from "../../islands/letter_card.tsx";
import { People, type PlazaData } from "../../islands/plaza.tsx";
import { noHands, Room } from "../../islands/chat/room.tsx";
import { begin } from "../../islands/chat/state.ts";
import { dateAt } from "../../domain/day.ts";
import { limits } from "../../domain/limits.ts";
import type { Message } from "../../domain/message.ts";
import { PLAZA, rules } from "../../domain/room.ts";
import type { AppContext, AppEnv, Parts } from "../context.ts";
import { Canopy } from "./canopy.tsx";
import { draftOf } from "./draft.ts";
import { Page, show } from "./layout.tsx";
import { More } from "./switches.tsx";
import { Weather } from "./weather.tsx";

const HOUR = 3_600_000;
const question = z.object({
  before: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER).optional().catch(undefined),
});

/** The plaza: the newest buzzes and the letter, to read without scripts; a form to write with. */
export function plazaPages(parts: Parts): Hono<AppEnv> {
  const { hub, log, env, now, assets } = parts;
  return new Hono<AppEnv>().get("/", async (c) => {
    const { before } = question.parse(c.req.query());
    const known = await hub.recent(PLAZA, 500);
    const items = before
      ? await log.page(PLAZA, { before }, limits.page.default)
      : known.items.slice(-limits.page.default);
    const data = await dataOf(c, parts, { ...known, items });
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
        <Plaza c={c} data={data} hour={hour} />
      </Page>,
    );
  });
}

async function dataOf(
  c: AppContext,
  { hub, letters, env, now, assets }: Parts,
  room: { epoch: string; head: number; items: Message[] },
): Promise<PlazaData> {
  const { lang, words: { chat, moods, roles, crisis, plaza }, who } = c.var;
  const letter = await letters.latest();
  return {
    lang,
    sprite: assets.url("icons.svg"),
    zone: env.letterTimeZone,
    now: now(),
    today: dateAt(now(), env.letterTimeZone),
    me: who && { id: who.id, nickname: who.nickname, role: who.role },
    room: { epoch: room.epoch, head: room.head, items: room.items, people: hub.people(PLAZA) },
    card: letter && cardOf(letter, lang),
    maxText: rules.plaza.maxText,
    form: { clientId: crypto.randomUUID(), draft: draftOf(c) },
    words: { chat, moods, roles, crisis, plaza },
  };
}

function Plaza({ c, data, hour }: { c: AppContext; data: PlazaData; hour: Message[] }) {
  const { words, lang, zone, now, maxText, form, card, today } = data;
  const chat = begin(data.me, data.room);
  const view = { lang, zone, now, maxText, words };
  return (
    <>
      <header class="bar canopy">
        <Canopy />
        <div class="grow">
          <h1>{words.plaza.title}</h1>
          <p class="viewers" id="people">
            <People chat={chat} words={words} />
          </p>
        </div>
        <More c={c} />
      </header>
      <section class="side" aria-label={words.plaza.side}>
        <div id="letter">
          <LetterCard card={card} today={today} lang={lang} words={words.plaza} />
        </div>
        <Weather messages={hour} words={c.var.words} />
      </section>
      <section class="chat" aria-label={words.chat.room} id="room">
        <Room chat={chat} hands={noHands} view={view} quiet={false} shelf={null} form={form} />
      </section>
    </>
  );
}

import type { ComponentChildren } from "preact";
import type { About, SceneData } from "../../islands/scene/data.ts";
import { beginScene } from "../../islands/scene/begin.ts";
import { noSceneHands } from "../../islands/scene/hands.ts";
import { SceneRoom } from "../../islands/scene/room.tsx";
import { Side } from "../../islands/scene/side.tsx";
import { Icon } from "../../islands/icon.tsx";
import { fill } from "../../domain/words/fill.ts";
import type { Practice } from "../../domain/practice.ts";
import { type AiKind, rules } from "../../domain/room.ts";
import { type AiRoom, isOffline } from "../ai_room.ts";
import type { AppContext, Parts } from "../context.ts";
import { seenBy } from "../../realtime/seen.ts";
import { me } from "../guard.ts";
import { windowAround, windowQuestion } from "./around.ts";
import { englishData } from "./english.ts";
import { Page } from "./layout.tsx";
import { type OwnRoom, OwnRooms } from "./own_rooms.tsx";
import { More } from "./switches.tsx";

/** Where each kind lies: its pages, its resource, and the words of its list. */
const places = {
  roleplay: { path: "/roleplay", api: "/api/roleplays", icon: "play" },
  practice: { path: "/practice", api: "/api/practices", icon: "practice" },
} as const satisfies Record<AiKind, unknown>;

/** The room as the island takes it over. */
export async function sceneData(
  c: AppContext,
  parts: Parts,
  room: AiRoom,
  about: About,
): Promise<SceneData> {
  const { hub, log, env, now, assets, model } = parts, { lang, words } = c.var;
  const { chat, moods, roles, crisis, order, calls, roleplay, practice, cards, level } = words;
  const window = await windowAround(
    seenBy({ hub, log }, c.var.who),
    room.id,
    windowQuestion.parse(c.req.query()),
    env.letterTimeZone,
  );
  const { epoch, head, items, upTo } = window;
  const offline = await isOffline(parts, me(c).id);
  const { id, nickname, role } = me(c);
  const language = roleplay.langs[(about.scene ?? about.practice)!.language];
  const own = room.kind === "roleplay" ? roleplay.room : { ...roleplay.room, ...practice.room };
  const placeholder = fill(room.kind === "roleplay" ? roleplay.room.placeholder : practice.placeholder, {
    lang: language,
  });
  const { path, api } = places[room.kind];
  return {
    lang,
    sprite: assets.url("icons.svg"),
    zone: env.letterTimeZone,
    now: now(),
    me: { id, nickname, role },
    room: { epoch, head, items, upTo, people: 1 },
    maxText: rules[room.kind].maxText,
    form: { clientId: crypto.randomUUID() },
    place: {
      room: room.id,
      path: `${path}/${room.id}`,
      form: `${path}/${room.id}`,
      dense: false,
      keeps: false,
      alone: true,
      audience: about.scene?.cast ? roleplay.cast.private : roleplay.room.private,
    },
    words: {
      calls,
      chat: {
        ...chat,
        log: own.log,
        placeholder,
        begin: own.begin,
        emptyTitle: own.emptyTitle,
        empty: own.empty,
        editing: own.rerunning,
        interrupted: own.interrupted,
      },
      moods,
      roles,
      crisis,
      order,
      roleplay,
      practice,
      cards: { reason: cards.reason, sources: cards.sources },
      level: { moved: level.moved },
    },
    about,
    own: room.owner === id,
    api: `${api}/${room.id}`,
    origin: env.publicUrl ?? new URL(c.req.url).origin,
    rerun: Number(c.req.query("rerun")) || undefined,
    model: !offline,
    english: offline && isTalkInEnglish(about.practice) ? englishData(assets, cards) : undefined,
    kept: offline && model.name !== null,
  };
}

/** One in which Harper can do what a model would. */
const isTalkInEnglish = (practice?: Practice): boolean =>
  practice?.mode === "conversation" && practice.language === "en" && practice.corrections !== "off";

type Props = {
  c: AppContext;
  parts: Parts;
  kind: AiKind;
  data: SceneData;
  title: string;
  subtitle: string;
  own: OwnRoom[];
  children?: ComponentChildren;
};

/** Own rooms, the talk, and what stands beside it. */
export function ScenePage({ c, parts, kind, data, title, subtitle, own, children }: Props) {
  const { words, zone, now, place } = data;
  const { roleplay, practice } = words;
  const { path, icon } = places[kind];
  const list = kind === "roleplay" ? roleplay.room : { ...practice, ...practice.room };
  return (
    <Page
      c={c}
      house={parts}
      title={title}
      nav={kind}
      class="fixed"
      main="panes"
      scripts={["scene.js"]}
      data={{ scene: data }}
    >
      <nav class="list" aria-label={list.list}>
        <h2 class="row between">
          {kind === "roleplay" ? roleplay.title : practice.title}
          <a
            class="ico"
            href={kind === "roleplay" ? "/roleplay/new" : "/practice#start"}
            aria-label={kind === "roleplay" ? roleplay.create : practice.startTalk}
          >
            <Icon name="plus" />
          </a>
        </h2>
        <OwnRooms c={c} rooms={own} here={place.path} icon={icon} />
      </nav>
      <header class="bar">
        <a class="ico back" href={path} aria-label={list.back}>
          <Icon name="back" />
        </a>
        <div class="grow">
          <h1>{title}</h1>
          <p class="soft">{subtitle}</p>
        </div>
        {children}
        <More c={c} />
      </header>
      <section class="side folds" aria-label={list.side} id="side">
        <Side data={data} hands={noSceneHands} said="" />
      </section>
      <section class="chat" aria-label={list.chat} id="room" data-at={c.req.query("at")}>
        <SceneRoom
          chat={beginScene(data)}
          hands={noSceneHands}
          data={data}
          zone={zone}
          now={now}
          quiet={false}
          digest={0}
          shelf={null}
        />
      </section>
    </Page>
  );
}

import type { Practice } from "../../domain/practice.ts";
import type { Scene } from "../../domain/scene.ts";
import { scenarios } from "../../ai/gallery/scenario.ts";
import { scenarioId } from "../../ai/gallery/gallery.ts";
import type { Words } from "../../domain/words/words.ts";
import { fill } from "../../domain/words/fill.ts";
import { readPath } from "../../kv/branch.ts";
import { foreign } from "../../islands/chat/script.ts";
import { Icon } from "../../islands/icon.tsx";
import type { Seen } from "../../realtime/seen.ts";
import type { AppContext, Parts } from "../context.ts";

/** One's own AI room in a list: its face, its name, what was said last, and how it stands. */
export type OwnRoom = {
  href: string;
  emoji?: string;
  tint: string;
  title: string;
  about: string;
  last: string;
  tags: string[];
  badge?: string;
  done?: boolean;
};

export async function sceneCard(c: AppContext, seen: Pick<Seen, "page">, scene: Scene): Promise<OwnRoom> {
  const { roleplay } = c.var.words;
  const id = scenarioId(scene.scenario);
  const roles = scene.cast?.map(({ name }) => name) ?? [scene.myRole, scene.aiRole];
  const met = scene.goals.filter((_, i) => scene.state[i]?.met).length;
  return {
    href: `/roleplay/${scene.id}`,
    emoji: id && scenarios[id].emoji,
    tint: id ? scenarios[id].tint : "calm",
    title: scene.title,
    about: [roleplay.langs[scene.language], ...scene.cast ? [roleplay.cast.playing] : [], roles.join(" / ")].join(
      " · ",
    ),
    last: await lastLine(seen, scene.id) ?? roleplay.silent,
    tags: scene.tags,
    done: scene.outcome?.result === "won",
    badge: scene.outcome
      ? scene.outcome.result === "won" ? roleplay.wonShort : roleplay.lostShort
      : scene.goals.length
      ? fill(roleplay.room.goals, { n: met, of: scene.goals.length })
      : undefined,
  };
}

export async function practiceCard(c: AppContext, { log }: Pick<Parts, "log">, one: Practice): Promise<OwnRoom> {
  const { practice, roleplay } = c.var.words;
  const { interview, mode } = one;
  const kind = mode === "interview" ? `${practice.interview} · ${practice.jobs[one.job]}` : practice.conversation;
  return {
    href: `/practice/${one.id}`,
    tint: mode === "interview" ? "flutter" : "thanks",
    title: practiceTitle(c.var.words, one),
    about: `${roleplay.langs[one.language]} · ${kind}`,
    last: await lastLine(log, one.id) ?? roleplay.silent,
    tags: one.tags,
    done: interview?.done,
    badge: interview && (interview.done ? practice.report : fill(practice.questions, {
      n: Math.min(interview.at + 1, interview.questions.length),
      of: interview.questions.length,
    })),
  };
}

/** Without a name of its own a practice is called by what it is. */
export const practiceTitle = ({ practice }: Words, { title, mode, job }: Practice): string =>
  title || (mode === "interview" ? `${practice.interview} · ${practice.jobs[job]}` : practice.conversation);

async function lastLine(log: Pick<Seen, "page">, room: string): Promise<string | undefined> {
  const path = await readPath(log, room, { most: 6 });
  return path.findLast(({ text, gone }) => text && !gone)?.text;
}

type ListProps = { c: AppContext; rooms: OwnRoom[]; here?: string; icon: string; tagHref?: (tag: string) => string };

export function OwnRooms({ c, rooms, here, icon, tagHref }: ListProps) {
  const { lang } = c.var;
  return (
    <ul class="own-rooms">
      {rooms.map(({ href, emoji, tint, title, about, last, tags, badge, done }) => (
        <li key={href}>
          <a class="item" href={href} aria-current={href === here ? "page" : undefined}>
            <span class="av" data-mood={tint} aria-hidden="true">{emoji ?? <Icon name={icon} />}</span>
            <span>
              <b lang={foreign(title, lang)}>{title}</b>
              <span class="s">{about}</span>
              <span class="s muted" lang={foreign(last, lang)}>{last}</span>
            </span>
            {badge && <span class={done ? "badge ok" : "badge"}>{badge}</span>}
          </a>
          {tagHref && tags.length > 0 && (
            <p class="row tags">
              {tags.map((tag) => <a key={tag} class="s" href={tagHref(tag)}>#{tag}</a>)}
            </p>
          )}
        </li>
      ))}
    </ul>
  );
}

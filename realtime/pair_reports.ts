import { roundsOf } from "../ai/interview/rounds.ts";
import type { Model } from "../ai/model.ts";
import { limits } from "../domain/limits.ts";
import type { Message } from "../domain/message.ts";
import type { Lang } from "../domain/person.ts";
import { type Practice, practiceDraft } from "../domain/practice.ts";
import { Problem } from "../domain/problems.ts";
import { wordsIn } from "../domain/words/words.ts";
import { createPractice } from "../kv/ai_rooms.ts";
import { noteSent } from "../kv/consents.ts";
import { keys } from "../kv/keys.ts";
import type { Log } from "../kv/log.ts";
import type { PairInterview } from "../kv/pairs.ts";
import { notePractice } from "../kv/practised.ts";
import type { Store } from "../kv/store.ts";
import { findUser } from "../kv/users.ts";
import type { Companion } from "./companion.ts";
import { ownModel } from "./own_model.ts";
import { bandi } from "./bandi.ts";

/** `none`: nothing was answered. A report that `failed` can still be asked for where those of practices are. */
export type Made = "made" | "none" | "failed";
type Parts = { store: Store; log: Log; model: Model; companion: Pick<Companion, "report">; now: () => number };

/**
 * The reports of a pair interview: each of the two gets a practice of their own that holds what they were asked and what
 * they answered, and its report is made like any interview's. Each step may be done twice.
 */
export function openPairReports(parts: Parts) {
  const { store, log, companion, now } = parts;

  /** Of who answered in turn `n`; `asker` asked. Nothing outside of the turn is looked at. */
  async function make(room: string, pair: PairInterview, n: 0 | 1): Promise<Made> {
    const [asker, person] = n === 0 ? [pair.by, pair.to] : [pair.to, pair.by];
    const user = await findUser(store, person);
    const rounds = roundsOf(await between(room, pair.from[n], pair.from[n + 1]), asker, limits.pair.answers);
    if (!user || !rounds.length) return "none";
    const lang = user.lang ?? "ko", practice = await practiceOf(pair, person, lang);
    const write = (clientId: string, said: Partial<Message> & { text: string }) =>
      log.append({ room: practice.id, author: bandi(lang), kind: "companion", clientId, state: "done", ...said });
    await write("intro", { text: wordsIn(lang).pair.copied });
    const author = { id: person, nickname: user.nickname, role: user.role };
    for (const [i, { question, answers }] of rounds.entries()) {
      const event = { type: "question", n: i + 1, of: rounds.length, followUp: false } as const;
      await write(`q${i}`, { text: question, event, about: [asker] });
      for (const [k, text] of answers.entries()) {
        await log.append({ room: practice.id, author, kind: "user", text, clientId: `a${i}-${k}` });
      }
    }
    await notePractice(store, person, now());
    const { name } = await ownModel(parts, person, "practice", 0);
    if (name) {
      const asked = Array<string>(rounds.length).fill(asker);
      await noteSent(store, now(), { task: "practice", surface: "direct" }, asked);
    }
    return await companion.report(practice, person, lang).then(() => "made" as const, (error) => {
      if (!(error instanceof Problem)) throw error;
      return "failed";
    });
  }

  async function practiceOf({ rooms, job, posting, language }: PairInterview, person: string, lang: Lang) {
    const id = rooms[person], { pair, practice: { jobs } } = wordsIn(lang);
    const kept = (await store.get(keys.practice(id))).value;
    if (kept) return kept;
    const title = `${pair.title} · ${jobs[job]}`;
    const said = { mode: "interview", language, job, posting, title, corrections: "off" };
    const draft = { ...practiceDraft.parse(said), level: "normal" as const };
    const interview: Practice["interview"] = { questions: [], at: 0, followUp: false, done: true };
    return await createPractice(store, person, draft, { review: [], id, interview }, now());
  }

  async function between(room: string, from: number, to: number): Promise<Message[]> {
    const said = await log.page(room, { after: from }, Math.min(to - from, limits.aiRoom.messages));
    return said.filter(({ seq }) => seq < to);
  }

  return make;
}

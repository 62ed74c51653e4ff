import { answersIn } from "../ai/interview/answers.ts";
import { followUp, planInterview } from "../ai/interview/ask.ts";
import { interviewIn } from "../ai/interview/bank.ts";
import { score } from "../ai/interview/score.ts";
import type { Model } from "../ai/model.ts";
import type { Happening } from "../domain/happening.ts";
import type { Message } from "../domain/message.ts";
import type { Lang } from "../domain/person.ts";
import { type Interview, type Practice, QUESTIONS, type Report } from "../domain/practice.ts";
import { Problem } from "../domain/problems.ts";
import { changeAiRoom } from "../kv/ai_rooms.ts";
import type { Asked } from "../kv/answers.ts";
import { readPath } from "../kv/branch.ts";
import { keys } from "../kv/keys.ts";
import type { Log } from "../kv/log.ts";
import type { Store } from "../kv/store.ts";
import type { Beside } from "./beside.ts";
import { house } from "./house.ts";
import { ownModel } from "./own_model.ts";
import type { Prepared } from "./prepare.ts";

type Parts = { store: Store; log: Log; model: Model; now: () => number; beside: Beside };
type Step = { interview: Interview; text: string; event?: Happening };

/** Interviews: one question at a time, each with what is asked on, and the report at the end. */
export function openInterviewer(parts: Parts) {
  const { store, log, now, beside } = parts;

  /** What was written before the newest question was asked belongs to the answer before: nothing is said to it. */
  async function prepare(practice: Practice, asked: Asked, answer: Message): Promise<Prepared | null> {
    const { id } = practice;
    const path = await readPath(log, id);
    const newest = path.findLast(({ event }) => event?.type === "question");
    if (newest && newest.seq > answer.seq) return null;
    const said = path.filter(({ seq, kind, gone }) => seq > (newest?.seq ?? 0) && kind !== "companion" && !gone);
    let step: Step | undefined;
    return {
      async *say(signal) {
        const model = await ownModel(parts, asked.by, "practice", Math.max(1, said.length));
        step = await next(model, practice, said.map(({ text }) => text).join("\n").trim(), signal);
        yield step.text;
      },
      event: () => step?.event,
      async after() {
        const interview = step?.interview;
        if (!interview) return;
        await changeAiRoom(store, "practice", id, (practice) => ({ ...practice, interview }));
        if (interview.done) {
          beside("report", async (signal) => void await report(id, practice, asked.by, asked.lang, signal));
        }
      },
    };
  }

  /** The step after an answer; nothing is kept of it before it was said. */
  async function next(model: Model, practice: Practice, answer: string, signal: AbortSignal): Promise<Step> {
    const before = practice.interview;
    if (!before) return question(await planInterview(model, practice, signal));
    const { questions, at } = before;
    if (!before.followUp) {
      const more = await followUp(model, practice, questions[at], answer, signal);
      if (more !== null) return { ...question({ ...before, followUp: true }), text: more };
    }
    if (at + 1 < questions.length) return question({ ...before, at: at + 1, followUp: false });
    return { interview: { ...before, done: true }, text: interviewIn[practice.language].closing };
  }

  async function report(
    room: string,
    practice: Practice,
    owner: string,
    lang: Lang,
    signal?: AbortSignal,
  ): Promise<Report> {
    const kept = (await store.get(keys.interviewReport(room))).value;
    if (kept) return kept;
    const path = await readPath(log, room), answered = answersIn(path);
    const model = await ownModel(parts, owner, "practice", 1);
    const answers = await allOrNone(answered, (one, signal) => score(model, practice, one, lang, signal), signal);
    const points = answers.reduce((sum, { score }) => sum + score, 0);
    const { attempt, again, interview } = practice, asked = interview?.questions.length || answers.length || 1;
    const total = Math.round(points * QUESTIONS / asked),
      asker = path.find(isQuestion)?.about?.find((id) => id !== owner);
    const made: Report = { room, attempt, at: now(), byRules: !model.name, score: total, answers, again, asker };
    const done = await store.commit((atomic) => {
      atomic.check({ key: keys.interviewReport(room), versionstamp: null }).set(keys.interviewReport(room), made);
    });
    if (done !== null) await log.append({ room, author: house, kind: "system", text: "", event: { type: "report" } });
    return made;
  }

  return {
    prepare,
    /** The report, made when it is missing. Problem `not_found` before the end, `companion_resting`. */
    report(practice: Practice, owner: string, lang: Lang): Promise<Report> {
      if (!practice.interview?.done) throw new Problem("not_found");
      return report(practice.id, practice, owner, lang);
    },
  };
}

const isQuestion = ({ event }: Message): boolean => event?.type === "question";
const question = (interview: Interview): Step => ({
  interview,
  text: interview.questions[interview.at].ask,
  event: { type: "question", n: interview.at + 1, of: QUESTIONS, followUp: interview.followUp },
});

/** The first failure ends what is still asked, and is told when all of it has ended. */
async function allOrNone<T, R>(
  items: T[],
  work: (item: T, signal: AbortSignal) => Promise<R>,
  signal?: AbortSignal,
): Promise<R[]> {
  const over = new AbortController(), either = signal ? AbortSignal.any([signal, over.signal]) : over.signal;
  const works = items.map((item) =>
    work(item, either).catch((error) => {
      over.abort(error);
      throw error;
    })
  );
  await Promise.allSettled(works);
  return await Promise.all(works);
}

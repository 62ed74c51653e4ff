import { Hono } from "hono";
import { z } from "zod";
import { nextQuestion } from "../ai/level_check/question.ts";
import {
  checkAnswer,
  checkQuestion,
  isOver,
  type LevelCheck,
  levelCheck,
  levelChoice,
  levelFound,
} from "../domain/level_check.ts";
import { type Lang, langs } from "../domain/person.ts";
import { Problem } from "../domain/problems.ts";
import { levels } from "../domain/scene.ts";
import { levelCheckOf } from "../kv/level_checks.ts";
import { answerCheck, setOwnLevel, startAnew } from "../realtime/level_checks.ts";
import { body } from "./body.ts";
import type { AppContext, AppEnv, Parts } from "./context.ts";
import { me, member } from "./guard.ts";

/** A check as its person is told it: the next question, or the level that was found. */
export const toldCheck = levelCheck.extend({ question: checkQuestion.optional(), found: z.enum(levels).optional() });
const ONE = "/api/level-checks/:language";

/** Level checks: each person's own, one a language; free. */
export function levelCheckRoutes(parts: Parts): Hono<AppEnv> {
  const { store } = parts, learnt = levelParts(parts);
  return new Hono<AppEnv>()
    .get(ONE, member, async (c) => c.json(told(await levelCheckOf(store, me(c).id, languageIn(c)))))
    .post(`${ONE}/answers`, member, body(checkAnswer), async (c) => {
      const { check, care } = await answerCheck(learnt, me(c).id, languageIn(c), c.req.valid("json"), c.var.lang);
      return c.json({ ...told(check), care });
    })
    .put(ONE, member, body(levelChoice), async (c) => {
      return c.json(told(await setOwnLevel(learnt, me(c).id, languageIn(c), c.req.valid("json").level)));
    })
    .delete(`${ONE}/answers`, member, async (c) => c.json(told(await startAnew(learnt, me(c).id, languageIn(c)))));
}

export const levelParts = ({ store, model, now, env }: Parts) => ({ store, model, now, scale: env.rateLimitScale });

const told = (check: LevelCheck) => ({
  ...check,
  question: nextQuestion(check)?.question,
  ...(isOver(check) && { found: levelFound(check.steps) }),
});

function languageIn(c: AppContext): Lang {
  const language = langs.find((one) => one === c.req.param("language"));
  if (!language) throw new Problem("not_found");
  return language;
}

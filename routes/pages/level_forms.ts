import { Hono } from "hono";
import { z } from "zod";
import { checkAnswer, levelChoice } from "../../domain/level_check.ts";
import { langs } from "../../domain/person.ts";
import { Problem } from "../../domain/problems.ts";
import { answerCheck, setOwnLevel, startAnew } from "../../realtime/level_checks.ts";
import { body } from "../body.ts";
import type { AppEnv, Parts } from "../context.ts";
import { me, member } from "../guard.ts";
import { levelParts } from "../level_checks.ts";

const inLanguage = z.object({ language: z.enum(langs) });
/** `unknown` is the button that says so, whatever stands in the field. */
const answerForm = inLanguage.extend({ ...checkAnswer.shape, unknown: z.string().optional() });

/** The level check without scripts: a step, another level, once more. */
export function levelForms(parts: Parts): Hono<AppEnv> {
  const learnt = levelParts(parts);
  const page = (language: string, say = "") => `/practice/level?in=${language}${say}`;
  return new Hono<AppEnv>()
    .post("/practice/level", member, body(answerForm), async (c) => {
      const { language, step, said = "", unknown } = c.req.valid("json");
      try {
        const answer = { step, said: unknown === undefined ? said : undefined };
        const { care } = await answerCheck(learnt, me(c).id, language, answer, c.var.lang);
        return c.redirect(page(language, care ? "&care=1" : "#here"), 303);
      } catch (error) {
        if (error instanceof Problem && error.code === "invalid") {
          return c.redirect(page(language, "&blank=1#here"), 303);
        }
        throw error;
      }
    })
    .post("/practice/level/own", member, body(inLanguage.extend(levelChoice.shape)), async (c) => {
      const { language, level } = c.req.valid("json");
      await setOwnLevel(learnt, me(c).id, language, level);
      return c.redirect(page(language, "#own"), 303);
    })
    .post("/practice/level/anew", member, body(inLanguage), async (c) => {
      const { language } = c.req.valid("json");
      await startAnew(learnt, me(c).id, language);
      return c.redirect(page(language, "#here"), 303);
    });
}

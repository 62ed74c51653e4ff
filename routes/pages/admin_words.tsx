import { Hono } from "hono";
import { z } from "zod";
import { wordList } from "../../domain/keeping.ts";
import { blockedWords } from "../../kv/order.ts";
import { body, checked } from "../body.ts";
import type { AppContext, AppEnv, Parts } from "../context.ts";
import { me } from "../guard.ts";
import { changeWords } from "../words.ts";
import { Ask } from "./admin_ask.tsx";
import { attempt, type Tried } from "./attempt.ts";
import { desk } from "./admin_frame.tsx";

const HERE = "/admin/words";
const text = z.string().catch("");
const form = z.object({ words: text, why: text });
type Sent = z.output<typeof form>;

/** `/admin/words`: what nobody may write, a word a line. */
export function wordsPage(parts: Parts): Hono<AppEnv> {
  const draw = async (c: AppContext, sent?: Sent, tried?: Tried): Promise<Response> => {
    const words = sent?.words ?? (await blockedWords(parts.store)).join("\n");
    return await desk({ c, house: parts, tab: "words", children: <WordsForm c={c} words={words} tried={tried} /> });
  };
  return new Hono<AppEnv>()
    .get(HERE, (c) => draw(c))
    .post(HERE, body(form), async (c) => {
      const sent = c.req.valid("json");
      return await attempt(c, sent, async () => {
        await changeWords(parts, me(c), checked(wordList, { words: linesOf(sent.words), why: sent.why }));
        return c.redirect(`${HERE}?done=words`, 303);
      }, (tried) => draw(c, sent, tried));
    });
}

const linesOf = (words: string): string[] => [...new Set(words.split("\n").map((word) => word.trim()).filter(Boolean))];

type FormProps = { c: AppContext; words: string; tried?: Tried };

function WordsForm({ c, words, tried }: FormProps) {
  const { blocked } = c.var.words.desk;
  const wrong = Object.entries(tried?.fields ?? {}).find(([name]) => name !== "why")?.[1];
  return (
    <Ask c={c} text={blocked.how} action={HERE} back="/admin" yes={c.var.words.live.save} harm={false} tried={tried}>
      <div>
        <label class="label" for="words">{blocked.list}</label>
        <textarea
          class="input"
          id="words"
          name="words"
          rows={12}
          aria-invalid={wrong ? "true" : undefined}
          aria-describedby="words-h"
        >
          {words}
        </textarea>
        <p class={`s ${wrong ? "err" : "soft"}`} id="words-h">{wrong ?? blocked.listHow}</p>
      </div>
    </Ask>
  );
}

import { Hono } from "hono";
import { z } from "zod";
import { firstWords } from "../../domain/automod.ts";
import { wordList } from "../../domain/keeping.ts";
import { fill } from "../../domain/words/fill.ts";
import { blockedWords } from "../../kv/order.ts";
import { blockWords } from "../block_words.ts";
import { body, checked } from "../body.ts";
import type { AppContext, AppEnv, Parts } from "../context.ts";
import { me } from "../guard.ts";
import { Ask } from "./admin_ask.tsx";
import { attempt, type Tried } from "./attempt.ts";
import { desk } from "./admin_frame.tsx";

const form = z.object({ words: z.string().max(40_000).catch(""), why: z.string().catch("") });

/** `/admin/words`: what messages may not have, a word or a phrase on each line. */
export function wordsPage(parts: Parts): Hono<AppEnv> {
  async function draw(c: AppContext, tried?: Tried): Promise<Response> {
    const words = await blockedWords(parts.store);
    const text = String(tried?.sent.words ?? words.join("\n"));
    const { blocked } = c.var.words;
    return await desk({
      c,
      house: parts,
      tab: "words",
      children: (
        <>
          <Ask
            c={c}
            text={blocked.how}
            action="/admin/words"
            back="/admin"
            yes={blocked.save}
            harm={false}
            tried={tried}
          >
            <div>
              <label class="label" for="words">{fill(blocked.label, { n: words.length })}</label>
              <textarea class="input" id="words" name="words" rows={12} spellcheck={false}>{text}</textarea>
            </div>
          </Ask>
          <details class="card">
            <summary>{blocked.first}</summary>
            <p class="s soft">{blocked.firstHow}</p>
            <p class="said">{firstWords.join("\n")}</p>
          </details>
        </>
      ),
    });
  }

  return new Hono<AppEnv>()
    .get("/admin/words", (c) => draw(c))
    .post("/admin/words", body(form), async (c) => {
      const sent = c.req.valid("json");
      return await attempt(c, sent, async () => {
        const { words, why } = checked(wordList, { words: linesOf(sent.words), why: sent.why });
        await blockWords(parts, me(c), words, { why });
        return c.redirect("/admin/words?done=words", 303);
      }, (tried) => draw(c, tried));
    });
}

/** Each once, without blank ones. */
const linesOf = (text: string): string[] => [...new Set(text.split("\n").map((line) => line.trim()))].filter(Boolean);

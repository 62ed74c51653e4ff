import { Hono } from "hono";
import { z } from "zod";
import type { Message } from "../../domain/message.ts";
import { reason } from "../../domain/keeping.ts";
import { permalink } from "../../domain/permalink.ts";
import { Problem } from "../../domain/problems.ts";
import type { Room } from "../../domain/room.ts";
import { fill } from "../../domain/words/fill.ts";
import { momentIn } from "../../domain/words/dates.ts";
import { faceOf } from "../../domain/face.ts";
import { findRoom } from "../../kv/rooms.ts";
import { seenBy } from "../../realtime/seen.ts";
import { block } from "../blocks.ts";
import { body, checked } from "../body.ts";
import type { AppContext, AppEnv, Parts } from "../context.ts";
import { me, member } from "../guard.ts";
import { report } from "../report.ts";
import { attempt, type Tried } from "./attempt.ts";
import { Page, show } from "./layout.tsx";

const seq = z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER);
const form = z.object({ why: z.string().max(2_000).catch("") });
type Found = { room: Room; message: Message };

/** One message and who wrote it, with what the menu does by scripts: to report the one, and to block the other. */
export function saidPages(parts: Parts): Hono<AppEnv> {
  const here = "/said/:id/:seq";

  /** Problem `not_found` for whatever this reader does not see. */
  async function find(c: AppContext): Promise<Found> {
    const room = await findRoom(parts, c.req.param("id") ?? "", c.var.who);
    const number = seq.safeParse(c.req.param("seq"));
    const [message] = number.success ? await seenBy(parts, c.var.who).messages(room.id, [number.data]) : [];
    if (!message || message.gone || message.change || message.kind === "system") throw new Problem("not_found");
    return { room, message };
  }

  const draw = (c: AppContext, found: Found, tried?: Tried) =>
    show(c, <Said c={c} parts={parts} {...found} tried={tried} />);

  return new Hono<AppEnv>()
    .get(here, async (c) => draw(c, await find(c)))
    .post(`${here}/report`, member, body(form), async (c) => {
      const { room, message } = await find(c), sent = c.req.valid("json");
      return await attempt(c, sent, async () => {
        if (!isSpoken(message)) throw new Problem("forbidden");
        await report(parts, me(c), room.id, message.seq, checked(reason, sent).why);
        return c.redirect(`/said/${room.id}/${message.seq}?done=report`, 303);
      }, (tried) => draw(c, { room, message }, tried));
    })
    .post(`${here}/block`, member, async (c) => {
      const { message } = await find(c);
      if (!isSpoken(message)) throw new Problem("forbidden");
      await block(parts, me(c), message.author.id);
      return c.redirect("/settings#blocks", 303);
    });
}

type Props = Found & { c: AppContext; parts: Parts; tried?: Tried };

function Said({ c, parts, room, message, tried }: Props) {
  const { words: { person: words }, who } = c.var;
  const { author, seq } = message;
  const title = fill(words.title, { name: author.nickname });
  const next = `/login?next=${encodeURIComponent(`/said/${room.id}/${seq}`)}`;
  return (
    <Page c={c} house={parts} title={title}>
      <div class="page narrow">
        <header class="stack tight">
          <p class="s">
            <a href={permalink(room.id, seq, room.kind)}>{words.back}</a>
          </p>
          <h1>{title}</h1>
        </header>
        <Words c={c} parts={parts} message={message} />
        {who === null && (
          <p class="notice">
            <span>
              {words.guest} <a href={next}>{words.enter}</a>
            </span>
          </p>
        )}
        {who?.id === author.id && <p class="soft">{words.own}</p>}
        {who && who.id !== author.id && <Deeds c={c} room={room} message={message} tried={tried} />}
      </div>
    </Page>
  );
}

function Words({ c, parts, message: { author, kind, text, at, poll, photo } }: Pick<Props, "c" | "parts" | "message">) {
  const { lang, words } = c.var, { animal, tint } = faceOf(author.id);
  return (
    <article class="card row top">
      <span class="av" data-mood={tint} aria-hidden="true">{kind === "companion" ? "AI" : animal}</span>
      <div class="grow">
        <p>
          <b>{author.nickname}</b>{" "}
          <time class="s soft" dateTime={new Date(at).toISOString()}>
            {momentIn(at, parts.env.letterTimeZone, lang)}
          </time>
        </p>
        <p class="said">
          {photo
            ? <a href={`/photos/${photo.id}`}>{fill(words.matching.chats.photoSaid, { name: author.nickname })}</a>
            : poll?.question ?? text}
        </p>
      </div>
    </article>
  );
}

function Deeds({ c, room, message: { author, kind, seq }, tried }: Omit<Props, "parts">) {
  const { words: { person: words, order } } = c.var;
  const here = `/said/${room.id}/${seq}`;
  if (kind === "companion") return <p class="soft">{words.companion}</p>;
  return (
    <>
      <section class="card stack" aria-labelledby="report-title">
        <h2 id="report-title">{order.report}</h2>
        {c.req.query("done") === "report"
          ? <p class="ok" role="status">{order.reported}</p>
          : (
            <form class="stack tight" method="post" action={`${here}/report`}>
              {tried && <p class="err" role="alert" id="problem">{tried.fields.why ?? tried.message}</p>}
              <label class="label" for="why">{order.reportWhy}</label>
              <textarea
                class="input"
                id="why"
                name="why"
                rows={2}
                maxLength={200}
                required
                aria-describedby={tried && "problem"}
              >
                {String(tried?.sent.why ?? "")}
              </textarea>
              <button type="submit" class="btn">{order.report}</button>
            </form>
          )}
      </section>
      <section class="card stack" aria-labelledby="block-title">
        <h2 id="block-title">{order.block}</h2>
        {author.role !== "user" ? <p class="soft">{words.keeper}</p> : (
          <>
            <p class="soft">{order.blockHow}</p>
            <details class="sure">
              <summary class="err s">{words.sure}</summary>
              <form method="post" action={`${here}/block`}>
                <button type="submit" class="btn sm harm">{order.block}</button>
              </form>
            </details>
          </>
        )}
      </section>
    </>
  );
}

const isSpoken = ({ kind }: Message): boolean => kind === "user" || kind === "admin";

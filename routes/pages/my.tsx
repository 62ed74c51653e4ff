import { Hono } from "hono";
import { z } from "zod";
import { faceOf } from "../../domain/face.ts";
import { langs, profileChange } from "../../domain/person.ts";
import { explainField } from "../../domain/words/explain.ts";
import { fill } from "../../domain/words/fill.ts";
import { changeProfile } from "../../kv/users.ts";
import { body } from "../body.ts";
import type { AppContext, AppEnv, Parts } from "../context.ts";
import { setTokenCookies, tokenCookies } from "../cookies.ts";
import { me, member } from "../guard.ts";
import { keepChoices, themes } from "../language.ts";
import { Page, show } from "./layout.tsx";
import { Calendar } from "./my_calendar.tsx";
import { loadMy, type My, myQuestion } from "./my_data.ts";
import { OwnHistory } from "./my_history.tsx";
import { Inbox, ProfileForm, type Tried } from "./my_side.tsx";
import { MoodTree } from "./my_tree.tsx";

const profileForm = z.object({
  nickname: z.string().catch(""),
  lang: z.enum(langs).optional().catch(undefined),
  theme: z.enum(["auto", ...themes]).optional().catch(undefined),
});

/** My Page: who I am here, what I wrote and how it felt. */
export function myPages(parts: Parts): Hono<AppEnv> {
  const { env, store, identity } = parts;

  async function render(c: AppContext, tried?: Tried): Promise<Response> {
    const asked = myQuestion.parse(c.req.query());
    const my = await loadMy(parts, me(c), asked);
    c.header("Cache-Control", "no-store");
    const zone = env.letterTimeZone;
    return await show(
      c,
      <Page c={c} house={parts} title={c.var.words.my.title} nav="mypage" scripts={["my.js"]}>
        <div class="page">
          <Head c={c} my={my} />
          <div class="cols">
            <div class="stack">
              <MoodTree c={c} asked={asked} days={my.days} />
              <OwnHistory c={c} asked={asked} history={my.history} zone={zone} />
            </div>
            <section class="stack" aria-label={c.var.words.my.settings}>
              <Calendar c={c} asked={asked} days={my.days} />
              <Inbox c={c} letters={my.inbox} />
              <ProfileForm c={c} nickname={my.user.nickname} tried={tried} saved={c.req.query("saved") === "1"} />
            </section>
          </div>
        </div>
      </Page>,
    );
  }

  return new Hono<AppEnv>()
    .get("/mypage", (c) => c.var.who ? render(c) : c.redirect("/login?next=/mypage", 303))
    .post("/mypage/profile", member, body(profileForm), async (c) => {
      const { nickname, lang, theme } = c.req.valid("json");
      const read = profileChange.safeParse({ nickname, lang });
      if (!read.success) {
        c.status(422);
        return await render(c, { nickname, error: explainField(c.var.words, read.error.issues[0].message) });
      }
      await changeProfile(store, me(c).id, read.data);
      // The new name is in the next token: the browser gets it now.
      const kept = tokenCookies(c, env).refresh;
      if (kept) setTokenCookies(c, env, await identity.refresh(kept, "cookie"));
      keepChoices(c, { lang, theme });
      return c.redirect("/mypage?saved=1#edit", 303);
    });
}

function Head({ c, my }: { c: AppContext; my: My }) {
  const words = c.var.words.my;
  const { animal, tint } = faceOf(my.user.id);
  return (
    <header class="row">
      <span class="av lg" data-mood={tint} aria-hidden="true">{animal}</span>
      <div class="grow">
        <h1>{my.user.nickname}</h1>
        <p class="soft">
          {fill(words.days, { n: my.daysHere })} · {fill(words.buzzes, { n: my.total })}
        </p>
      </div>
      <a class="btn sm" href="/progress">{c.var.words.cards.link}</a>
      <a class="btn sm" href="#edit">{words.edit}</a>
    </header>
  );
}

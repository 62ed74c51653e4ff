import { Hono } from "hono";
import { PLAZA } from "../../domain/room.ts";
import { fill } from "../../domain/words/fill.ts";
import type { AppContext, AppEnv, Parts } from "../context.ts";
import { safeNext } from "../door.ts";
import { doorForms, type DoorView, type RenderDoor } from "../door_forms.ts";
import { Brand, Canopy } from "./canopy.tsx";
import { DoorForm } from "./door_form.tsx";
import { Page, show } from "./layout.tsx";
import { Providers } from "./providers.tsx";
import { Foot } from "./switches.tsx";

/** Signing up and in. Whoever is in already is sent on. */
export function doorPages(parts: Parts): Hono<AppEnv> {
  const render = drawDoor(parts);
  const open = (mode: DoorView["mode"]) => (c: AppContext) => {
    const next = safeNext(c.req.query("next"));
    return c.var.who ? c.redirect(next, 303) : render(c, { mode, values: { next } });
  };
  return new Hono<AppEnv>()
    .get("/login", open("login"))
    .get("/register", open("register"))
    .route("/", doorForms(parts, render));
}

function drawDoor({ assets, env, hub, oauth }: Pick<Parts, "assets" | "env" | "hub" | "oauth">): RenderDoor {
  return (c, view) => {
    const { door, problems, trust } = c.var.words;
    const data = { door: { ...door, taken: problems.username_taken } };
    c.header("Cache-Control", "no-store");
    return show(
      c,
      <Page c={c} house={{ assets, env }} title={door[view.mode]} class="door" scripts={["door.js"]} data={data}>
        <Scene c={c} listening={hub.people(PLAZA)} />
        <section class="form stack" aria-labelledby="door-title">
          <Tabs c={c} view={view} />
          <h2 id="door-title" class="vh">{door[view.mode]}</h2>
          <DoorForm c={c} view={view} />
          <Providers
            offered={oauth.offered}
            query={{ next: safeNext(view.values.next) }}
            label={(provider) => fill(trust.with, { name: trust.providers[provider] })}
          />
          <a class="btn quiet full" href="/">{door.readFirst}</a>
          {isWriting(c) && <p class="sys">{door.draftKept}</p>}
          <div>
            <Foot c={c} />
          </div>
        </section>
      </Page>,
    );
  };
}

export function Scene({ c, listening }: { c: AppContext; listening: number }) {
  const { door, name } = c.var.words;
  return (
    <section class="canopy scene" aria-label={door.scene}>
      <Canopy scene="door" />
      <p class="row brand">
        <Brand /> {name}
      </p>
      <h1>
        {door.slogan[0]}
        <br />
        {door.slogan[1]}
      </h1>
      <p>{door.lead} {listening > 1 && fill(door.listening, { n: listening })}</p>
    </section>
  );
}

function Tabs({ c, view }: { c: AppContext; view: DoorView }) {
  const { door } = c.var.words;
  return (
    <nav class="tabs-row" aria-label={door.account}>
      {(["register", "login"] as const).map((mode) => (
        <a key={mode} href={addressOf(c, mode, view)} aria-current={mode === view.mode ? "page" : undefined}>
          {door[mode]}
        </a>
      ))}
    </nav>
  );
}

/** The other door keeps where one was going, and that something waits to be sent. */
function addressOf(c: AppContext, mode: DoorView["mode"], { values }: DoorView): string {
  const next = safeNext(values.next);
  const query = new URLSearchParams({ ...(next === "/" ? {} : { next }), ...(isWriting(c) ? { draft: "1" } : {}) });
  return `/${mode}${query.size ? `?${query}` : ""}`;
}

const isWriting = (c: AppContext): boolean => c.req.query("draft") !== undefined;

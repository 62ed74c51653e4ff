import { Hono } from "hono";
import { Icon } from "../../islands/icon.tsx";
import type { AppEnv, Parts } from "../context.ts";
import { Page, show } from "./layout.tsx";

/** What the worker shows when there is no connection; it is kept in every browser and says nothing of anybody. */
export function offlinePage({ assets, env }: Parts): Hono<AppEnv> {
  return new Hono<AppEnv>().get("/offline", (c) => {
    const { app } = c.var.words.notifications;
    return show(
      c,
      <Page c={c} house={{ assets, env }} title={app.offlineTitle} class="door" main="page" scripts={["offline.js"]}>
        <div class="stack">
          <div class="stack tight empty">
            <Icon name="empty" />
            <h1>{app.offlineTitle}</h1>
            <p>{app.offline}</p>
            <p>
              <button type="button" class="btn main" id="again">{app.again}</button>
            </p>
          </div>
          <section class="card">
            <h2>{app.lastSeen}</h2>
            <div id="seen">
              <p class="muted">{app.nothingSeen}</p>
            </div>
          </section>
        </div>
      </Page>,
    );
  });
}

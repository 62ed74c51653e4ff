import { Hono } from "hono";
import { findUser } from "../../kv/users.ts";
import { Problem } from "../../domain/problems.ts";
import type { AppContext, AppEnv, Parts } from "../context.ts";
import { me } from "../guard.ts";
import type { Tried } from "./attempt.ts";
import { Page, show } from "./layout.tsx";
import { addressSection } from "./settings_address.tsx";
import { blocksSection } from "./settings_blocks.tsx";
import { consentSection } from "./settings_consent.tsx";
import { exportSection } from "./settings_export.tsx";
import { SettingsFrame } from "./settings_frame.tsx";
import { leaveSection } from "./settings_leave.tsx";
import { letterSection } from "./settings_letter.tsx";
import { loginsSection } from "./settings_logins.tsx";
import { passwordSection } from "./settings_password.tsx";
import { sessionsSection } from "./settings_sessions.tsx";
import type { OpenSection } from "./settings_section.ts";

/** The sections of the page, in this order. */
const sections: OpenSection[] = [
  addressSection,
  passwordSection,
  loginsSection,
  sessionsSection,
  letterSection,
  consentSection,
  blocksSection,
  exportSection,
  leaveSection,
];

/** `/settings`: what a person decides about their account. Each section brings its own forms. */
export function settingsPages(parts: Parts): Hono<AppEnv> {
  const opened = sections.map((open) => open(parts));

  async function render(c: AppContext, refused?: { id: string; tried: Tried }): Promise<Response> {
    const user = await findUser(parts.store, me(c).id);
    if (!user) throw new Problem("unauthenticated");
    const drawn = await Promise.all(opened.map(({ id, draw }) => {
      return draw({ c, user, tried: refused?.id === id ? refused.tried : undefined });
    }));
    const { account } = c.var.words;
    c.header("Cache-Control", "no-store");
    return await show(
      c,
      <Page c={c} house={parts} title={account.title} nav="mypage">
        <SettingsFrame c={c} title={account.title} lead={account.lead}>{drawn}</SettingsFrame>
      </Page>,
    );
  }

  const app = new Hono<AppEnv>()
    .get("/settings", (c) => c.var.who ? render(c) : c.redirect("/login?next=/settings", 303));
  for (const { id, forms } of opened) app.route("/", forms((c, tried) => render(c, { id, tried })));
  return app;
}

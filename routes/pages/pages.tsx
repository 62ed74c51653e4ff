import { Hono } from "hono";
import { newsFor } from "../../realtime/chats.ts";
import type { AppEnv, Parts } from "../context.ts";
import { adminPages } from "./admin.tsx";
import { buzzForm } from "./buzz.ts";
import { chatPages } from "./chat.tsx";
import { chatForms } from "./chat_forms.ts";
import { chatsPages } from "./chats.tsx";
import { doorPages } from "./door.tsx";
import { forgotPages } from "./forgot.tsx";
import { letterPages } from "./letters.tsx";
import { livePages } from "./live.tsx";
import { liveForms } from "./live_forms.tsx";
import { liveRoomPages } from "./live_room.tsx";
import { matchPages } from "./match.tsx";
import { matchForms } from "./match_forms.ts";
import { matchProfilePages } from "./match_profile.tsx";
import { mailLinkPages } from "./mail_links.tsx";
import { myPages } from "./my.tsx";
import { notificationPages } from "./notifications.tsx";
import { offlinePage } from "./offline.tsx";
import { ownLetterForms } from "./own_letter.tsx";
import { keepingPages } from "./keeping.tsx";
import { newcomerPages } from "./newcomer.tsx";
import { outboxPages } from "./outbox.tsx";
import { pairPages } from "./pair.tsx";
import { plazaPages } from "./plaza.tsx";
import { saidPages } from "./said.tsx";
import { settingsPages } from "./settings.tsx";
import { stepUpPages } from "./step_up.tsx";
import { progressPages } from "./progress.tsx";
import { practicePages } from "./practice.tsx";
import { levelPages } from "./level_check.tsx";
import { levelForms } from "./level_forms.ts";
import { practiceForms } from "./practice_forms.ts";
import { practiceRoomPages } from "./practice_room.tsx";
import { castPages } from "./cast.tsx";
import { roleplayPages } from "./roleplay.tsx";
import { roleplayForms } from "./roleplay_forms.ts";
import { roleplayRoomPages } from "./roleplay_room.tsx";
import { talkForms } from "./talk_forms.ts";

/** Every page that people see. */
export function pageRoutes(parts: Parts): Hono<AppEnv> {
  return new Hono<AppEnv>()
    .use(async (c, next) => {
      if (c.var.who && c.req.method === "GET") c.set("news", await newsFor(parts, c.var.who));
      await next();
    })
    .route("/", plazaPages(parts))
    .route("/", buzzForm(parts))
    .route("/", livePages(parts))
    .route("/", liveForms(parts))
    .route("/", liveRoomPages(parts))
    .route("/", keepingPages(parts))
    .route("/", saidPages(parts))
    .route("/", roleplayPages(parts))
    .route("/", castPages(parts))
    .route("/", roleplayRoomPages(parts))
    .route("/", roleplayForms(parts))
    .route("/", talkForms(parts, "roleplay", "/roleplay"))
    .route("/", practicePages(parts))
    .route("/", levelPages(parts))
    .route("/", levelForms(parts))
    .route("/", practiceRoomPages(parts))
    .route("/", practiceForms(parts))
    .route("/", talkForms(parts, "practice", "/practice"))
    .route("/", matchPages(parts))
    .route("/", matchForms(parts))
    .route("/", matchProfilePages(parts))
    .route("/", chatsPages(parts))
    .route("/", chatPages(parts))
    .route("/", chatForms(parts))
    .route("/", pairPages(parts))
    .route("/", doorPages(parts))
    .route("/", offlinePage(parts))
    .route("/", notificationPages(parts))
    .route("/", newcomerPages(parts))
    .route("/", stepUpPages(parts))
    .route("/", forgotPages(parts))
    .route("/", mailLinkPages(parts))
    .route("/", letterPages(parts))
    .route("/", ownLetterForms(parts))
    .route("/", myPages(parts))
    .route("/", settingsPages(parts))
    .route("/", outboxPages(parts))
    .route("/", progressPages(parts))
    .route("/", adminPages(parts));
}

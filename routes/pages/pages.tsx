import { Hono } from "hono";
import type { AppEnv, Parts } from "../context.ts";
import { adminPages } from "./admin.tsx";
import { buzzForm } from "./buzz.ts";
import { doorPages } from "./door.tsx";
import { forgotPages } from "./forgot.tsx";
import { letterPages } from "./letters.tsx";
import { livePages } from "./live.tsx";
import { liveForms } from "./live_forms.tsx";
import { liveRoomPages } from "./live_room.tsx";
import { mailLinkPages } from "./mail_links.tsx";
import { myPages } from "./my.tsx";
import { newcomerPages } from "./newcomer.tsx";
import { outboxPages } from "./outbox.tsx";
import { plazaPages } from "./plaza.tsx";
import { settingsPages } from "./settings.tsx";
import { stepUpPages } from "./step_up.tsx";

/** Every page that people see. */
export function pageRoutes(parts: Parts): Hono<AppEnv> {
  return new Hono<AppEnv>()
    .route("/", plazaPages(parts))
    .route("/", buzzForm(parts))
    .route("/", livePages(parts))
    .route("/", liveForms(parts))
    .route("/", liveRoomPages(parts))
    .route("/", doorPages(parts))
    .route("/", newcomerPages(parts))
    .route("/", stepUpPages(parts))
    .route("/", forgotPages(parts))
    .route("/", mailLinkPages(parts))
    .route("/", letterPages(parts))
    .route("/", myPages(parts))
    .route("/", settingsPages(parts))
    .route("/", outboxPages(parts))
    .route("/", adminPages(parts));
}

import { Hono } from "hono";
import type { AppEnv, Parts } from "../context.ts";
import { admin } from "../guard.ts";
import { announcementPages } from "./admin_announcements.tsx";
import { deskLetterPages } from "./admin_letters.tsx";
import { logPage } from "./admin_log.tsx";
import { overviewPage } from "./admin_overview.tsx";
import { peoplePage } from "./admin_people.tsx";
import { personPage } from "./admin_person.tsx";
import { personActs } from "./admin_person_acts.tsx";
import { reportPages } from "./admin_report.tsx";
import { reportsPage } from "./admin_reports.tsx";
import { roomPages } from "./admin_room.tsx";
import { roomsPage } from "./admin_rooms.tsx";
import { undoPage } from "./admin_undo.tsx";
import { wordsPage } from "./admin_words.tsx";

/** The administrators' desk, which is not there for anybody else. All of it works without scripts. */
export function adminPages(parts: Parts): Hono<AppEnv> {
  return new Hono<AppEnv>()
    .use("/admin/*", admin(parts))
    .route("/", overviewPage(parts))
    .route("/", deskLetterPages(parts))
    .route("/", announcementPages(parts))
    .route("/", reportsPage(parts))
    .route("/", reportPages(parts))
    .route("/", peoplePage(parts))
    .route("/", personPage(parts))
    .route("/", personActs(parts))
    .route("/", roomsPage(parts))
    .route("/", roomPages(parts))
    .route("/", wordsPage(parts))
    .route("/", logPage(parts))
    .route("/", undoPage(parts));
}

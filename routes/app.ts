import { Hono } from "hono";
import { compress } from "hono/compress";
import { methodNotAllowed } from "hono/method-not-allowed";
import { Problem } from "../domain/problems.ts";
import { accountMailRoutes } from "./account_mail.ts";
import { accountRoutes } from "./accounts.ts";
import { blockRoutes } from "./blocks.ts";
import { exportRoutes } from "./exports.ts";
import { leavingRoutes } from "./leaving.ts";
import { consentRoutes } from "./consents.ts";
import { chatRoutes } from "./chats.ts";
import { adminRoutes } from "./admin.ts";
import { actRoutes } from "./acts.ts";
import { announcementRoutes } from "./announcements.ts";
import { askRoutes } from "./ask.ts";
import { answerOld } from "./compat.ts";
import { cardRoutes } from "./cards.ts";
import { companionRoutes } from "./companion.ts";
import type { AppEnv, Parts } from "./context.ts";
import { devRoutes } from "./dev.ts";
import { docsRoutes } from "./docs.tsx";
import { figureRoutes } from "./figures.ts";
import { identify } from "./guard.ts";
import { openTo, shield } from "./headers.ts";
import { healthRoutes } from "./health.ts";
import { speak } from "./language.ts";
import { letterRoutes } from "./letters.ts";
import { loginRoutes } from "./logins.ts";
import { oauthRoutes } from "./oauth.ts";
import { openapiRoutes } from "./openapi.ts";
import { errorPage } from "./pages/error.tsx";
import { levelRoutes } from "./levels.ts";
import { levelCheckRoutes } from "./level_checks.ts";
import { ownLetterRoutes } from "./own_letters.ts";
import { matchingRoutes } from "./matching.ts";
import { oldChatRoutes } from "./old_chat.ts";
import { photoRoutes } from "./photos.ts";
import { orderRoutes } from "./order.ts";
import { pageRoutes } from "./pages/pages.tsx";
import { answerErrors } from "./problem.ts";
import { pairRoutes } from "./pairs.ts";
import { practiceRoutes } from "./practices.ts";
import { pollRoutes } from "./polls.ts";
import { record, steady } from "./record.ts";
import { pushRoutes } from "./push.ts";
import { roleplayRoutes } from "./roleplays.ts";
import { roomRoutes } from "./rooms.ts";
import { searchRoutes } from "./search.ts";
import { socketRoutes } from "./socket.ts";
import { speechRoutes } from "./speech.ts";
import { translationRoutes } from "./translations.ts";
import { staticRoutes } from "./static.ts";
import { workerRoutes } from "./worker.ts";

/** THE MAP: what happens to a request, in this order, and where each address is answered. Opens nothing. */
export function createApp(parts: Parts): Hono<AppEnv> {
  const { env, line, now } = parts;
  const answer = answerErrors(line, errorPage(parts));
  const app = new Hono<AppEnv>({ strict: false }); // every address works with and without a slash at its end

  app.use(record(line, now));
  app.use(steady);
  app.use(speak);
  app.use(shield(env));
  app.use(openTo(env));
  app.use(compress());
  app.use(methodNotAllowed({
    app,
    onMethodNotAllowed: async (c, methods) => {
      const refused = await answer(new Problem("method"), c);
      refused.headers.set("Allow", methods.join(", "));
      return refused;
    },
  }));
  app.route("/", healthRoutes(parts));
  app.route("/", staticRoutes("static"));
  app.route("/", workerRoutes(parts));
  if (env.dev) app.route("/", devRoutes());

  app.use(identify(parts));
  app.route("/", socketRoutes(parts));
  app.route("/", accountRoutes(parts));
  app.route("/", loginRoutes(parts));
  app.route("/", oauthRoutes(parts));
  app.route("/", accountMailRoutes(parts));
  app.route("/", chatRoutes(parts));
  app.route("/", actRoutes(parts));
  app.route("/", pollRoutes(parts));
  app.route("/", orderRoutes(parts));
  app.route("/", adminRoutes(parts));
  app.route("/", searchRoutes(parts));
  app.route("/", roomRoutes(parts));
  app.route("/", levelRoutes(parts));
  app.route("/", matchingRoutes(parts));
  app.route("/", pairRoutes(parts));
  app.route("/", photoRoutes(parts));
  app.route("/", oldChatRoutes(parts));
  app.route("/", askRoutes(parts));
  app.route("/", companionRoutes(parts));
  app.route("/", speechRoutes(parts));
  app.route("/", translationRoutes(parts));
  app.route("/", cardRoutes(parts));
  app.route("/", roleplayRoutes(parts));
  app.route("/", practiceRoutes(parts));
  app.route("/", levelCheckRoutes(parts));
  app.route("/", blockRoutes(parts));
  app.route("/", consentRoutes(parts));
  app.route("/", exportRoutes(parts));
  app.route("/", leavingRoutes(parts));
  app.route("/", letterRoutes(parts));
  app.route("/", ownLetterRoutes(parts));
  app.route("/", figureRoutes(parts));
  app.route("/", announcementRoutes(parts));
  app.route("/", pushRoutes(parts));
  app.route("/", openapiRoutes());
  app.route("/", docsRoutes(parts));
  app.route("/", pageRoutes(parts));
  answerOld(app);

  app.notFound((c) => answer(new Problem("not_found"), c));
  app.onError(answer);
  return app;
}

import { readEnv } from "./adapters/env.ts";
import { openLogger } from "./adapters/logger.ts";
import { openOAuth } from "./adapters/oauth.ts";
import { openSmtp } from "./adapters/mail.ts";
import { openPasswords } from "./adapters/passwords.ts";
import { openPush } from "./adapters/push.ts";
import { onStop, outlive } from "./adapters/process.ts";
import { openModel } from "./ai/model.ts";
import { startCrons } from "./cron/cron.ts";
import { openNotifier } from "./cron/notifier.ts";
import { openExports } from "./cron/export.ts";
import { letLeave } from "./cron/leave.ts";
import { openLetters } from "./cron/letter.ts";
import { queueLetters } from "./cron/letter_mail.ts";
import { homeOf, openPost } from "./cron/post.ts";
import { sweep } from "./cron/sweep.ts";
import { isPushService } from "./domain/notification.ts";
import { wordsIn } from "./domain/words/words.ts";
import { ensureAdmin } from "./kv/admins.ts";
import { outboxMailer } from "./kv/outbox.ts";
import { secretOf } from "./kv/secrets.ts";
import { openQuotas } from "./kv/quota.ts";
import { openIdentity } from "./kv/sessions.ts";
import { openSigner } from "./kv/signing.ts";
import { openRooms } from "./kv/rooms.ts";
import { openBlocks } from "./kv/blocks.ts";
import { openStore } from "./kv/store.ts";
import { openFigures } from "./realtime/figures.ts";
import { announce } from "./realtime/house.ts";
import { hearNotices } from "./realtime/notices.ts";
import { openActs } from "./realtime/acts.ts";
import { openAiRooms } from "./realtime/ai_rooms.ts";
import { openPolls } from "./realtime/polls.ts";
import { openBudget } from "./realtime/budget.ts";
import { openCatchUps } from "./realtime/catch_up.ts";
import { openCompanion } from "./realtime/companion.ts";
import { openMatching } from "./realtime/matching.ts";
import { openLobby } from "./realtime/lobby.ts";
import { openOrder } from "./realtime/order.ts";
import { openOwnLetters } from "./realtime/own_letters.ts";
import { openPairs } from "./realtime/pairs.ts";
import { openPowers } from "./realtime/powers.ts";
import { openSendLimit } from "./realtime/send_limit.ts";
import { openSockets } from "./realtime/sockets.ts";
import { openSpine, type Spine } from "./realtime/spine.ts";
import { openTally } from "./realtime/tally.ts";
import { openTranslations } from "./realtime/translations.ts";
import { startTutor } from "./realtime/tutor.ts";
import { startWatch } from "./realtime/watch.ts";
import { createApp } from "./routes/app.ts";
import { openAssets } from "./routes/assets.ts";
import { version } from "./routes/health.ts";

const env = readEnv((name) => Deno.env.get(name));
const now = Date.now;
const tally = openTally(now);
const line = tally.overhear(openLogger(env.logLevel, console.log));
outlive(line);

const isolate = crypto.randomUUID();
const store = await openStore(env.kvPath);
const remote = env.kvPath === undefined || /^https?:/.test(env.kvPath);
const channel = env.webConcurrency > 1 || env.deploy ? new BroadcastChannel("junglebuzz") : null;
const blocks = openBlocks({ store, now, announce: (...people) => announce(spine.log, { type: "apart", people }) });
const spine: Spine = openSpine({ store, now, isolate, line, channel, bells: remote, apart: blocks.apart });
const sockets = openSockets(env.rateLimitScale);
const passwords = openPasswords({ cost: 12 });
const identity = await openIdentity({
  store,
  now,
  line,
  secret: await secretOf(store, "tokens", env.jwtSecret),
  ended: (session) => announce(spine.log, { type: "session_ended", session }),
});
const { model: name, ...openai } = env.openai;
const zone = env.letterTimeZone;
const budget = openBudget({
  store,
  model: openModel({ ...openai, name, now, line }),
  tokens: env.dailyTokens,
  zone,
  now,
  line,
});
const { model } = budget, { log, hub } = spine;
const letters = openLetters({ store, log, hub, model, now, zone, line, announce: (said) => announce(log, said) });
const mailer = env.smtp ? openSmtp(env.smtp) : outboxMailer(store, now);
const signer = await openSigner(await secretOf(store, "mail", env.jwtSecret));
const home = homeOf(env);
const scale = env.rateLimitScale;
const ownLetters = openOwnLetters({ store, log, model, now, scale });
const { areApart } = blocks;
const post = openPost({ store, mailer, signer, ownLetters, areApart, home, zone, now, scale, line });
const mail = () => queueLetters({ store, zone, now, line }).then(post.tick);
const order = openOrder({ store, hub, now, scale: env.rateLimitScale, line });
const rooms = openRooms({
  store,
  now,
  announce: (room) => announce(log, { type: "room", room }),
  barred: order.barred,
  areApart,
});
const lobby = openLobby({ ...spine, rooms, line });
await hearNotices({ store, hub, line, sockets, rooms, order, blocks, lobby });
await blocks.load();
if (env.admin) line("info", "admin", { outcome: await ensureAdmin({ store, passwords, now }, env.admin) });

const crons = new AbortController();
const exports = openExports({ store, now, isolate, line });
const people = async () => {
  await exports.tick();
  await letLeave({ store, rooms, now, line, announce: (said) => announce(log, said) });
};
const jobs = { letter: letters.tick, mail, sweep: () => sweep({ store, now, line }), people };
startCrons(Deno.cron, { zone, now, line, jobs, signal: crons.signal });
const stopLetters = await letters.start();
const stopPost = post.start();
const stopFigures = openFigures({ store, tally, log, sockets, model, now, isolate, line }).start();
const sends = openSendLimit(env.rateLimitScale, now);
const acts = openActs({ ...spine, store, order, sends, now });
const polls = openPolls({ store, log, order });
const quotas = openQuotas({ store, now, limits: env.dailyLimits, zone });
const companion = openCompanion({ ...spine, store, rooms, acts, model, quotas, isolate, now, scale, line });
const stopCompanion = companion.start();
const push = openPush({
  secret: await secretOf(store, "push"),
  subject: env.publicUrl?.startsWith("https:") ? env.publicUrl : "mailto:keeper@junglebuzz.invalid",
  allowed: isPushService,
});
const pairs = openPairs({ store, log, rooms, model, order, quotas, companion, now, scale, line });
const stopPairs = pairs.start();
const matching = openMatching({
  ...spine,
  store,
  rooms,
  model,
  order,
  areApart,
  parted: pairs.parted,
  now,
  scale,
  line,
});
const powers = openPowers({ store, log, now });
const stopNotifier = openNotifier({ ...spine, store, rooms, blocks, push, isolate, now, zone, line }).start();
const stopBudget = budget.start();
const stopTutor = startTutor({ store, log, rooms, model, now, scale, line });
const stopWatch = startWatch({ store, now, model, log, rooms, powers, line, name: wordsIn("ko").companion.name });
const app = createApp({
  env,
  store,
  ...spine,
  sockets,
  identity,
  passwords,
  oauth: openOAuth(env),
  letters,
  push,
  post,
  signer,
  model,
  sends,
  rooms,
  blocks,
  exports,
  lobby,
  order,
  powers,
  acts,
  polls,
  companion,
  quotas,
  aiRooms: openAiRooms({ store, log, rooms, model, companion, quotas, areApart, now, scale }),
  ownLetters,
  matching,
  pairs,
  catchUps: openCatchUps({ store, log, hub, model, now, scale, line }),
  translations: openTranslations({ store, model, now, scale }),
  now,
  line,
  assets: await openAssets("static"),
});
line("info", "started", { version, isolate, offline: model.name === null });

onStop(line, [
  () => crons.abort(),
  () => stopBudget(),
  () =>
    Promise.all([
      sockets.closeAll(1_500),
      stopLetters(),
      stopPost(),
      stopNotifier(),
      stopCompanion(),
      stopPairs(),
      stopWatch(),
      stopTutor(),
      exports.stop(),
      lobby.stop(),
    ]),
  () => spine.stop(),
  () => stopFigures(),
  () => passwords.close(),
  () => store.close(),
]);

export default { fetch: app.fetch };

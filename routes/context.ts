import type { Context } from "hono";
import type { Settings } from "../adapters/env.ts";
import type { Passwords } from "../adapters/passwords.ts";
import type { Model } from "../ai/model.ts";
import type { Letters } from "../cron/letter.ts";
import type { LogLine } from "../domain/logger.ts";
import type { Lang, Who } from "../domain/person.ts";
import type { Words } from "../domain/words/words.ts";
import type { Log } from "../kv/log.ts";
import type { Rooms } from "../kv/rooms.ts";
import type { Identity } from "../kv/sessions.ts";
import type { Store } from "../kv/store.ts";
import type { Acts } from "../realtime/acts.ts";
import type { Polls } from "../realtime/polls.ts";
import type { CatchUps } from "../realtime/catch_up.ts";
import type { Companion } from "../realtime/companion.ts";
import type { Hub } from "../realtime/hub.ts";
import type { Lobby } from "../realtime/lobby.ts";
import type { Order } from "../realtime/order.ts";
import type { Powers } from "../realtime/powers.ts";
import type { SendLimit } from "../realtime/send_limit.ts";
import type { Sockets } from "../realtime/sockets.ts";
import type { Spine } from "../realtime/spine.ts";
import type { Assets } from "./assets.ts";

/** What the middleware of `app.ts` finds out about a request. A `who` of `null` is a guest. */
export type Variables = {
  who: Who | null;
  lang: Lang;
  words: Words;
  requestId: string;
  theme?: "light" | "dark";
  secureHeadersNonce?: string;
};
export type AppEnv = { Variables: Variables };
export type AppContext = Context<AppEnv>;

/** What the routes work with: `main.ts` opens them, `tests/rig.ts` opens smaller ones. */
export type Parts = {
  env: Settings;
  store: Store;
  log: Log;
  hub: Hub;
  identity: Identity;
  passwords: Passwords;
  letters: Letters;
  model: Model;
  sends: SendLimit;
  acts: Acts;
  polls: Polls;
  order: Order;
  powers: Powers;
  rooms: Rooms;
  lobby: Lobby;
  companion: Companion;
  catchUps: CatchUps;
  sockets: Sockets;
  presence: Spine["presence"];
  typing: Spine["typing"];
  now: () => number;
  line: LogLine;
  assets: Assets;
};

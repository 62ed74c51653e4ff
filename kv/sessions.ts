import { ulid } from "ulid";
import { limits } from "../domain/limits.ts";
import type { LogLine } from "../domain/logger.ts";
import type { Tokens, Who } from "../domain/person.ts";
import { Problem } from "../domain/problems.ts";
import { keys, type Session, type User } from "./keys.ts";
import { loginsOf, type Seen } from "./logins.ts";
import { findSanction } from "./order.ts";
import type { Found, Store } from "./store.ts";
import { readAccess, readRefresh, type Refresh, tokenKeys, writeAccess, writeRefresh } from "./tokens.ts";
import { findUser, profileOf } from "./users.ts";

/** Logins and their tokens. A login is a family of refresh tokens, of which the newest is good. */
export type Identity = {
  /** A new login. Problem `banned`. */
  open(user: User, seen?: Seen): Promise<Tokens>;
  /**
   * The next pair. A token that was used before ends its family, and Problem `session_ended` says so: it was stolen.
   * Only from a cookie may the last one come again for a few seconds, because two tabs share it; both get the same.
   */
  refresh(refreshToken: string, from: "cookie" | "body"): Promise<Tokens>;
  /** Logout. */
  close(session: string): Promise<void>;
  /** Logout of a person on all devices; on all but one with `keep`, a session. */
  endOthers(user: string, keep?: string): Promise<void>;
  /** Whose access token it is, by signature and time alone; never reads the store. */
  read(accessToken: string): Promise<Who | null>;
};

type Parts = {
  store: Store;
  now: () => number;
  /** 32 bytes. */
  secret: Uint8Array<ArrayBuffer>;
  /** Hears of each session that ends before its time, so that its sockets can be closed everywhere. */
  ended: (session: string) => Promise<void> | void;
  line: LogLine;
};

export async function openIdentity({ store, now, secret, ended, line }: Parts): Promise<Identity> {
  const signing = await tokenKeys(secret);

  async function open(user: User, seen: Seen = { device: {} }): Promise<Tokens> {
    const ban = await findSanction(store, user.id, undefined, "ban");
    if (ban) throw new Problem("banned", { why: ban.why });
    const session = ulid(now());
    const createdAt = now(), expiresAt = createdAt + limits.refreshToken;
    const record = { userId: user.id, generation: 1, rotation: "", rotatedAt: createdAt, createdAt, expiresAt };
    const login = { ...seen, createdAt, usedAt: createdAt, expiresAt };
    await store.commit((atomic) => atomic.set(keys.session(session), record).set(keys.login(user.id, session), login));
    const leaving = (await store.get(keys.leaving(user.id))).value;
    const tokens = await pair(user, { session, generation: 1 });
    return leaving ? { ...tokens, leavesAt: leaving.dueAt } : tokens;
  }

  async function refresh(refreshToken: string, from: "cookie" | "body"): Promise<Tokens> {
    const asked = await readRefresh(signing, refreshToken);
    const rotation = crypto.randomUUID();
    while (asked) {
      const found = await store.get(keys.session(asked.session));
      if (found.value === null || found.value.expiresAt <= now()) break;
      const user = await findUser(store, found.value.userId);
      if (!user || await isOver(user, found.value) || !isGood(asked, found.value, from, rotation)) {
        await end(asked.session);
        break;
      }
      const newest = asked.generation === found.value.generation ? await rotate(asked, found, rotation) : found.value;
      if (newest) return await pair(user, { session: asked.session, generation: newest.generation });
    }
    throw new Problem("session_ended");
  }

  /** An administrator ended all logins of that time, or banned the person from the place. */
  async function isOver({ id, loggedOutAt = 0 }: User, { createdAt }: Session): Promise<boolean> {
    return createdAt <= loggedOutAt || await findSanction(store, id, undefined, "ban") !== null;
  }

  function isGood(asked: Refresh, { generation, rotatedAt, ...record }: Session, from: string, rotation: string) {
    if (asked.generation === generation) return true;
    if (asked.generation !== generation - 1) return false;
    return record.rotation === rotation || (from === "cookie" && now() - rotatedAt <= limits.refreshGrace);
  }

  /** `null` when somebody else wrote meanwhile, or when the store lost its answer: then the record says which. */
  async function rotate(asked: Refresh, found: Found<Session>, rotation: string): Promise<Session | null> {
    const next = { ...found.value, generation: asked.generation + 1, rotation, rotatedAt: now() };
    const done = await store.commit((atomic) => atomic.check(found).set(keys.session(asked.session), next));
    return done === null ? null : next;
  }

  async function end(session: string): Promise<void> {
    const key = keys.session(session);
    const { value } = await store.get(key);
    if (value === null) return;
    await store.commit((atomic) => atomic.delete(key).delete(keys.login(value.userId, session)));
    try {
      await ended(session);
    } catch (error) {
      line("warn", "session_end_unheard", { reason: error instanceof Error ? error.name : "unknown" });
    }
  }

  async function endOthers(user: string, keep?: string): Promise<void> {
    const logins = await loginsOf(store, user, now());
    await Promise.all(logins.filter(({ id }) => id !== keep).map(({ id }) => end(id)));
  }

  async function pair(user: User, newest: Refresh): Promise<Tokens> {
    const who = { id: user.id, nickname: user.nickname, role: user.role, session: newest.session };
    return {
      user: profileOf(user),
      accessToken: await writeAccess(signing, who, now()),
      refreshToken: await writeRefresh(signing, newest),
      expiresIn: limits.accessToken / 1000,
    };
  }

  return { open, refresh, close: end, endOthers, read: (accessToken) => readAccess(signing, accessToken, now()) };
}

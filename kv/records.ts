import type { Card } from "../domain/card.ts";
import type { Memory } from "../domain/review.ts";
import type { CatchUpLine } from "../domain/catch_up.ts";
import type { Sent } from "../domain/consent.ts";
import type { FigureName } from "../domain/figures.ts";
import type { Mail, MailJob } from "../domain/mail.ts";
import type { Message } from "../domain/message.ts";
import type { Device } from "../domain/device.ts";
import type { Lang, Role, Who } from "../domain/person.ts";
import type { Account, Provider } from "../domain/provider.ts";

/** What stands under the keys of `keys.ts`, as far as no file of its own says it. */

export type User = {
  id: string;
  username: string;
  nickname: string;
  role: Role;
  /** Absent for who comes in through a provider alone. */
  passwordHash?: string;
  createdAt: number;
  email?: string;
  /** Since when `email` is known to be theirs. */
  emailVerifiedAt?: number;
  /** The address that is to take the place of `email` once it is verified. */
  newEmail?: string;
  lang?: Lang;
  /** The time zone whose midnight is theirs. */
  zone?: string;
  /** Logins that began until then are over, whatever their sessions say. Epoch milliseconds. */
  loggedOutAt?: number;
};
/** A token family: one login on one device. `generation` numbers its refresh tokens; only the newest is good. */
export type Session = {
  userId: string;
  generation: number;
  /** Which rotation made this generation: so that one whose answer was lost knows its own work. */
  rotation: string;
  rotatedAt: number;
  createdAt: number;
  expiresAt: number;
};
/** What a person sees of their login on one device. `usedAt` is a few minutes behind at most. Epoch milliseconds. */
export type Login = {
  device: Device;
  /** Two letters, where a trusted proxy said it. */
  country?: string;
  createdAt: number;
  usedAt: number;
  /** Until then the person was just now seen to be the one: what cannot be undone may be done. */
  freshUntil?: number;
  expiresAt: number;
};
/** A browser on its way to a provider and back. `user` and `session`: who is to be linked, or to be seen again. */
export type Flow = {
  provider: Provider;
  verifier: string;
  nonce: string;
  next: string;
  intent: "enter" | "link" | "step_up";
  user?: string;
  session?: string;
  expiresAt: number;
};
/** Somebody whom a provider sent, and who has still to say what to be called. */
export type Newcomer = { provider: Provider; account: Account; next: string; expiresAt: number };
export type Link = { subject: string; name?: string; linkedAt: number };
export type Ticket = { who: Who; expiresAt: number };
/** `filed`: the authors' leaves hold what was said up to here, the log alone what came later; absent: they hold everything. */
export type HeadRecord = { seq: number; epoch: string; at: number; filed?: number };
export type MessageRecord = Omit<Message, "seq" | "id">;
/** Somebody in a room that asks for an invitation; `out` is when they were sent out of it. */
export type Member = { since: number; out?: number };
/** The one invitation of a room that is good now; the store knows only its hash. */
export type Invitation = { hash: string; by: string; createdAt: number; expiresAt: number };
/** The rooms' doorbell: who rang last, and for which room. It only says "look again". */
export type Bell = { by: string; room: string; seq: number };
/** The marks of an isolate's people in a room, and of some of them id, nickname and role. */
export type Presence = { people: Uint32Array; names?: [id: string, nickname: string, role: Role][]; expiresAt: number };
export type Claim = { owner: string; expiresAt: number; tries: number };
/** What one isolate counted in one hour: twelve numbers a figure, one for each five minutes. */
export type HourRecord = Partial<Record<FigureName, number[]>>;
export type KeptCatchUp = { lines: CatchUpLine[]; expiresAt: number };
/** `of` is the hash of the words that it translates. */
export type KeptTranslation = { text: string; of: number; expiresAt: number };
export type SentRecord = Sent & { expiresAt: number };
/** `at`: the family and the place in it that come next; absent when all is there. `owner` makes it until `leaseEnd`. */
export type ExportJob = {
  id: string;
  startedAt: number;
  at?: { family: string; from?: Deno.KvKeyPart[] };
  parts: number;
  items: number;
  owner: string;
  leaseEnd: number;
  /** The words of the links that are not used yet; once all is there. */
  links?: { json?: string; html?: string };
  expiresAt: number;
};
/** `names`: what they were called when they went, and their addresses. `goneAt`: since then nothing is left but what may have been on its way. */
export type LeavingRecord = {
  at: number;
  dueAt: number;
  messages: "keep" | "remove";
  lang: Lang;
  names?: string[];
  goneAt?: number;
};
/** Good for `purpose` at `address`, once. */
export type MailToken = { purpose: TokenPurpose; user: string; address: string; expiresAt: number };
export type TokenPurpose = "verify" | "reset" | "letter";
/** Which mail carries the person's newest token; it outlives the token's use, so that a repeat makes none anew. */
export type NewestToken = { hash: string; mail: string; expiresAt: number };
/** `claimed`: somebody may have sent it already, and died or lost the answer. `tries`: how often it was refused. */
export type QueuedMail = { job: MailJob; tries: number; claimed?: true; expiresAt: number };
/** Mails that somebody waits for go before those that go to many. */
export type MailLane = 0 | 1;
export type KeptMail = Mail & { at: number; expiresAt: number };
export type ReportState = "open" | "settled";
export type Window = { used: number; endsAt: number };
export type CardRecord = Card & { memory: Memory };

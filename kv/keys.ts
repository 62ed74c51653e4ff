import type { Consent } from "../domain/consent.ts";
import { hash32 } from "../domain/hash.ts";
import type { AuditEntry, Hidden, Report, Sanction, SanctionKind } from "../domain/keeping.ts";
import type { Letter } from "../domain/letter.ts";
import type { Reaction } from "../domain/message.ts";
import type { NotThis, OwnLetter, OwnLetterWish } from "../domain/own_letter.ts";
import type { Lang } from "../domain/person.ts";
import type { Provider } from "../domain/provider.ts";
import type { Access, Room } from "../domain/room.ts";
import type { Turn } from "./answers.ts";
import { key } from "./key.ts";
import { aiKeys } from "./ai_keys.ts";
import { matchKeys } from "./match_keys.ts";
import { toldKeys } from "./told_keys.ts";
import type { Posting } from "./postings.ts";
import type {
  Bell,
  Claim,
  ExportJob,
  Flow,
  HeadRecord,
  HourRecord,
  Invitation,
  KeptCatchUp,
  KeptTranslation,
  LeavingRecord,
  Link,
  Login,
  Member,
  MessageRecord,
  Newcomer,
  Presence,
  ReportState,
  SentRecord,
  Session,
  Ticket,
  User,
  Window,
} from "./records.ts";

export type * from "./records.ts";

export type { Key } from "./key.ts";

/** THE key table. Lifetime and writer stand beside each; nothing else in the app spells a key. */
export const keys = {
  /** For ever. `secrets.ts`, once. */
  secret: (name: string) => key<Uint8Array>("secret", name),
  /** For ever. `users.ts`. */
  user: (id: string) => key<User>("user", id),
  /** For ever, the user's id by lower-case name. `users.ts`. */
  userByName: (name: string) => key<string>("user_by_name", name),
  /** For ever, by nickname in small letters: what the administrators' search reads. `users.ts`, with the user. */
  userByNickname: (nickname: string, id: string) => key<true>("user_by_nickname", nickname, id),
  userNicknames: () => key<true>("user_by_nickname"),
  userNames: () => key<string>("user_by_name"),
  users: () => key<User>("user"),
  /** For ever: the ids of all administrators, so that the last one stays. `users.ts`. */
  admins: () => key<string[]>("admins"),
  /** Until `expiresAt`. `sessions.ts`. */
  session: (id: string) => key<Session>("session", id),
  sessions: () => key<Session>("session"),
  /** As long as the session. `logins.ts`, with the session. */
  login: (user: string, session: string) => key<Login>("login", user, session),
  loginsOf: (user: string) => key<Login>("login", user),
  logins: () => key<Login>("login"),
  /** Until it is unlinked: the user's id by the provider's. `links.ts`, both in one atomic. */
  linked: (provider: Provider, subject: string) => key<string>("linked", provider, subject),
  link: (user: string, provider: Provider) => key<Link>("link", user, provider),
  /** 10 minutes, single use, by the hash of the state. `flows.ts`. */
  flow: (hash: string) => key<Flow>("flow", hash),
  flows: () => key<Flow>("flow"),
  /** 10 minutes, single use, by the hash of the browser's word. `flows.ts`. */
  newcomer: (hash: string) => key<Newcomer>("newcomer", hash),
  newcomers: () => key<Newcomer>("newcomer"),
  /** 30 s, single use. `tickets.ts`. */
  ticket: (hash: string) => key<Ticket>("ticket", hash),
  tickets: () => key<Ticket>("ticket"),

  /** For ever. `rooms.ts`; the plaza and the streaming room have one only when something in them was changed. */
  room: (id: string) => key<Room>("room", id),
  rooms: () => key<Room>("room"),
  /** While the room is open and not private, ordered by age. `rooms.ts`, in the room's own atomic. */
  openRoom: (createdAt: number, id: string) => key<Access>("open_room", createdAt, id),
  openRooms: () => key<Access>("open_room"),
  /** For ever. `invitations.ts`; `rooms.ts` for the owner. */
  member: (room: string, user: string) => key<Member>("member", room, user),
  members: (room: string) => key<Member>("member", room),
  /** For ever, the rooms somebody made, joined or wrote in, ordered by age. With the member; `own_rooms.ts` before their first words. */
  ownRoom: (user: string, createdAt: number, room: string) => key<true>("own_room", user, createdAt, room),
  ownRooms: (user: string) => key<true>("own_room", user),
  /** Until `expiresAt`, or it is taken back or replaced. `invitations.ts`; the sweeper. */
  invitation: (room: string) => key<Invitation>("invitation", room),
  invitations: () => key<Invitation>("invitation"),

  /** For ever. `log.ts`. */
  head: (room: string) => key<HeadRecord>("head", room),
  heads: () => key<HeadRecord>("head"),
  /** For ever. `log.ts`. */
  message: (room: string, seq: number) => key<MessageRecord>("message", room, seq),
  messages: (room: string) => key<MessageRecord>("message", room),
  /** As long as the message: when this person reacted so. `realtime/acts.ts`, in the atomic of the change. */
  reacted: (room: string, seq: number, reaction: Reaction, person: string) =>
    key<number>("reacted", room, seq, reaction, person),
  /** As long as the poll: which option this person chose. `realtime/polls.ts`, in the atomic of the change. */
  vote: (room: string, seq: number, person: string) => key<number>("vote", room, seq, person),
  /** For ever, what one person wrote in one room and under which client ids, 16 entries a leaf. `author.ts`, in the log's atomics. */
  leaf: (room: string, author: string, n: number) => key<Float64Array>("leaf", room, author, n),
  leaves: (room: string, author: string) => key<Float64Array>("leaf", room, author),
  /** For ever, overwritten. `log.ts`. */
  bell: (n: number) => key<Bell>("bell", n),
  /** Until `expiresAt`, one per isolate and room. `presence.ts`. */
  presence: (room: string, isolate: string) => key<Presence>("presence", room, isolate),
  presences: (room: string) => key<Presence>("presence", room),
  allPresences: () => key<Presence>("presence"),

  /** For ever: which messages have a gram, by block of numbers. `gram_index.ts`. */
  gram: (room: string, gram: string, block: number) => key<Posting>("gram", room, gram, block),
  grams: (room: string, gram: string) => key<Posting>("gram", room, gram),
  /** Up to which seq a room's messages are in the index. `gram_index.ts`, in each of its atomics. */
  indexed: (room: string) => key<number>("indexed", room),

  /** For ever, one per date. `letters.ts`. */
  letter: (date: string) => key<Letter>("letter", date),
  letters: () => key<Letter>("letter"),
  /** For ever, the newest seq that the letter of a date read: the next letter goes on from there. `letters.ts`. */
  letterEnd: (date: string) => key<number>("letter_end", date),
  /** For ever, the days of a month that have a letter: bit 0 is the 1st. `letters.ts`, with the letter. */
  letterMonth: (month: string) => key<number>("letter_month", month),
  letterMonths: () => key<number>("letter_month"),
  /** Until the letter is there; a crashed writer's claim until `expiresAt`. `letters.ts`. */
  letterClaim: (date: string) => key<Claim>("letter_claim", date),
  letterClaims: () => key<Claim>("letter_claim"),

  /** For ever: whether and how a member wants a letter of their own. `own_letters.ts`. */
  ownLetterWish: (user: string) => key<OwnLetterWish>("own_letter_wish", user),
  /** For ever, written when it is first opened. `own_letters.ts`. */
  ownLetter: (user: string, date: string) => key<OwnLetter>("own_letter", user, date),
  ownLetters: (user: string) => key<OwnLetter>("own_letter", user),
  /** For ever, the newest twenty. `own_letters.ts`. */
  notThis: (user: string) => key<NotThis[]>("not_this", user),

  /** 31 days, one per hour (since 1970) and isolate, overwritten every minute of it. `figures.ts`; the sweeper. */
  figures: (hour: number, isolate: string) => key<HourRecord>("figures", hour, isolate),
  figuresOf: (hour: number) => key<HourRecord>("figures", hour),
  allFigures: () => key<HourRecord>("figures"),

  /** Until it is lifted, or its `until`; the room is "" for the whole place. `order.ts`; the sweeper. */
  sanction: (user: string, room: string, kind: SanctionKind) => key<Sanction>("sanction", user, room, kind),
  sanctionsOf: (user: string) => key<Sanction>("sanction", user),
  sanctions: () => key<Sanction>("sanction"),
  /** With a room's sanction, for who keeps order there. `order.ts`; the sweeper. */
  sanctioned: (room: string, kind: SanctionKind, user: string) =>
    key<Pick<Sanction, "until">>("sanctioned", room, kind, user),
  sanctionedIn: (room: string) => key<Pick<Sanction, "until">>("sanctioned", room),
  allSanctioned: () => key<Pick<Sanction, "until">>("sanctioned"),
  /** Until the message is shown again: what it said. `realtime/powers.ts`, in the atomic of the change. */
  hidden: (room: string, seq: number) => key<Hidden>("hidden", room, seq),
  /** For ever, by ULID: only ever added to. `audit.ts`. */
  audit: (id: string) => key<AuditEntry>("audit", id),
  audits: () => key<AuditEntry>("audit"),
  /** For ever; it moves from "open" to "settled". `reports.ts`. */
  report: (state: ReportState, id: string) => key<Report>("report", state, id),
  reports: (state: ReportState) => key<Report>("report", state),
  /** For ever, the report's id: once per person and message. `reports.ts`. */
  reported: (room: string, seq: number, person: string) => key<string>("reported", room, seq, person),
  /** For ever, in place of the words that the place starts with. `order.ts`. */
  blockedWords: () => key<string[]>("blocked_words"),

  /** While the companion answers in a room; a crashed isolate's until `expiresAt`. `answers.ts`, `realtime/companion.ts`. */
  turn: (room: string) => key<Turn>("turn", room),
  turns: () => key<Turn>("turn"),
  /** Until `expiresAt`: what a model said about those messages of `(from, to]` that have this fingerprint. `realtime/catch_up.ts`; the sweeper. */
  catchUp: (room: string, from: number, to: number, lang: Lang, fingerprint: string) =>
    key<KeptCatchUp>("catch_up", room, from, to, lang, fingerprint),
  catchUps: () => key<KeptCatchUp>("catch_up"),
  /** Until `expiresAt`: what a message says in another language. `realtime/translations.ts`; the sweeper. */
  translation: (room: string, seq: number, lang: Lang) => key<KeptTranslation>("translation", room, seq, lang),
  translations: () => key<KeptTranslation>("translation"),

  ...aiKeys,
  ...toldKeys,
  ...matchKeys,
  /** Until it is taken back: since when somebody hides from another, epoch milliseconds. `blocks.ts`. */
  block: (by: string, whom: string) => key<number>("block", by, whom),
  blocks: (by: string) => key<number>("block", by),
  allBlocks: () => key<number>("block"),

  /** For ever, of who has chosen: on which surfaces a model may read them. `consents.ts`. */
  consent: (user: string) => key<Consent>("consent", user),
  /** Until `expiresAt`, by ULID: that so many of somebody's messages were sent to a model. `consents.ts`; the sweeper. */
  sent: (user: string, id: string) => key<SentRecord>("sent", user, id),
  sents: (user: string) => key<SentRecord>("sent", user),
  allSents: () => key<SentRecord>("sent"),

  /** Until `expiresAt`: a person's export, and what of it is made; the parts are one file of JSON lines. `exports.ts`; the sweeper. */
  exportJob: (user: string) => key<ExportJob>("export_job", user),
  exportJobs: () => key<ExportJob>("export_job"),
  exportPart: (user: string, job: string, n: number) => key<Uint8Array>("export_part", user, job, n),
  exportParts: (user: string) => key<Uint8Array>("export_part", user),
  /** Until the person changes their mind, or is here no more. `leavings.ts`. */
  leaving: (user: string) => key<LeavingRecord>("leaving", user),
  leavings: () => key<LeavingRecord>("leaving"),

  /** Until `endsAt`. `windows.ts`. */
  window: (name: string, who: string) => key<Window>("window", name, who),
  windows: () => key<Window>("window"),
};

export const BELLS = 8;
/** Which bell rings for a room; every isolate agrees. */
export const bellOf = (room: string): number => hash32(room) % BELLS;

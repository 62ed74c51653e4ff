import type { LetterRound } from "../domain/letter_mail.ts";
import type { Room } from "../domain/room.ts";
import type { RoomLevel } from "../domain/room_level.ts";
import type { Turn } from "./answers.ts";
import { among, type Family, nobodys, type Rule, under } from "./family.ts";
import { aiRules } from "./ai_families.ts";
import { matchRules } from "./match_families.ts";
import * as without from "./forgetting.ts";
import type { Flow, Invitation, Link, Login, MailToken, SentRecord, Session, Ticket, User } from "./keys.ts";
import type { PushDevice, Waiting } from "./notifications.ts";
import { messagesOf, messageWithout } from "./own_messages.ts";
import { profileOf } from "./users.ts";

const mine = <V>(value: V): V => value;
const byLast = (value: unknown, key: Deno.KvKey, id: string) =>
  key.at(-1) === id ? { at: key.slice(1, -1), value } : undefined;

const isOwn = ({ owner, members }: Room, id: string): boolean => owner === id || (members?.includes(id) ?? false);

/**
 * For each family of keys (the first word of a key of `keys.ts`): what of it a person takes along in an export, and how
 * they vanish from it when they leave, in this order. `tests/families_test.ts` fails for a family that is not here.
 */
const rules: Record<string, Rule> = {
  // Who somebody is, and how they come in.
  user: under<User>(profileOf),
  user_by_name: among(without.where<string>((value, id) => value === id)),
  user_by_nickname: among(without.byKey),
  user_by_email: among(without.where<string>((value, id) => value === id)),
  admins: among(without.listWithout),
  session: among(without.where<Session>(({ userId }, id) => userId === id)),
  login: under<Login>(mine),
  linked: among(without.where<string>((value, id) => value === id)),
  link: under<Link>((link, [provider]) => ({ provider, ...link })),
  flow: among(without.where<Flow>(({ user }, id) => user === id)),
  newcomer: nobodys, // ten minutes, of somebody who is nobody here yet
  ticket: among(without.where<Ticket>(({ who }, id) => who.id === id)),

  // Mail to them.
  mail_token: among(without.where<MailToken>(({ user }, id) => user === id)),
  newest_token: under(),
  mail: among(without.mailWithout),
  outbox: among(without.outboxWithout),
  letter_choice: under(mine),
  letter_reader: among(without.byKey),
  letter_round: among<LetterRound>((round, _, { id }) => round.cursor === id ? { ...round, cursor: "" } : undefined),

  ...matchRules,
  ...aiRules,

  // What is told while no page is open, and the letter's own half.
  device: under<PushDevice>(({ createdAt }) => ({ createdAt })),
  device_owner: among(without.where<string>((value, id) => value === id)),
  notification_preferences: under(mine),
  room_level: under<RoomLevel>((level, [room]) => ({ room, level })),
  listener: among(without.byKey),
  waiting: (name) => ({ ...under<Waiting>(mine)(name), ...among(without.waitingWithout)(name) }),
  due_notification: among(without.byKey),
  letter_to_tell: among<string>((last, _, { id }) => last === id ? "" : undefined),
  own_letter_wish: under(mine),
  own_letter: under(mine),
  not_this: under(mine),

  // Rooms, and what is said there.
  room: among<Room>(without.roomWithout, (room, _, id) => isOwn(room, id) ? room : undefined),
  open_room: nobodys, // `cron/leave.ts` takes closed rooms off the list
  member: among(without.byKey, byLast),
  own_room: under(),
  invitation: among(without.where<Invitation>(({ by }, id) => by === id)),
  head: nobodys,
  message: (name) => ({ ...among(messageWithout)(name), takes: messagesOf }),
  reacted: among(without.byKey, byLast),
  vote: among(without.byKey, byLast),
  leaf: among((_, [, , author], { id }) => author === id ? null : undefined),
  bell: nobodys, // an isolate and a room
  presence: among(without.presenceWithout),
  gram: nobodys, // which numbers have two letters
  indexed: nobodys,
  turn: among(without.where<Turn>(({ asked, waiting }, id) => [asked, ...waiting].some(({ by }) => by === id))),
  catch_up: among(() => null), // made anew when somebody asks
  translation: among(() => null), // likewise

  // The letter for all has neither names nor quotes.
  letter: nobodys,
  letter_end: nobodys,
  letter_month: nobodys,
  letter_claim: nobodys,

  // Order: what was done stays on record, without the person.
  sanction: among(
    without.sanctionWithout,
    (sanction, _, id) => sanction.userId === id ? { ...sanction, by: undefined } : undefined,
  ),
  sanctioned: among(without.byKey),
  hidden: among(
    without.hiddenWithout,
    (hidden, _, id) => hidden.author === id ? { ...hidden, by: undefined } : undefined,
  ),
  audit: among(without.auditWithout, (entry, _, id) => entry.whom?.id === id ? { ...entry, by: undefined } : undefined),
  report: among(
    without.reportWithout,
    ({ at, room, message: { seq }, by, why }, _, id) => by.id === id ? { at, room, seq, why } : undefined,
  ),
  reported: among(without.byKey),
  blocked_words: nobodys,

  // What somebody chose.
  block: among(without.anywhereInKey, (at, [, by, userId], id) => by === id ? { userId, at } : undefined),
  consent: under(mine),
  sent: under<SentRecord>(mine),
  export_job: under(),
  export_part: under(),
  leaving: nobodys, // goes last: `cron/leave.ts`

  // The place's own.
  secret: nobodys,
  figures: nobodys,
  window: nobodys, // under a keyed hash
};

export const families: [name: string, family: Family][] = Object.entries(rules).map((
  [name, rule],
) => [name, rule(name)]);

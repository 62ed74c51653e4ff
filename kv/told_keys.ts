import type { LetterChoice, LetterReader, LetterRound } from "../domain/letter_mail.ts";
import type { NotificationPreferences } from "../domain/notification.ts";
import type { RoomLevel } from "../domain/room_level.ts";
import { key } from "./key.ts";
import type { Listener } from "./levels.ts";
import type { Due, PushDevice, Waiting } from "./notifications.ts";
import type { KeptMail, MailLane, MailToken, NewestToken, QueuedMail, TokenPurpose } from "./records.ts";

/** The key table's part for what reaches people outside of the pages: by push and by mail. */
export const toldKeys = {
  /** Until the browser takes it back, by the hash of its address at the push service. `notifications.ts`. */
  device: (user: string, hash: string) => key<PushDevice>("device", user, hash),
  devices: (user: string) => key<PushDevice>("device", user),
  allDevices: () => key<PushDevice>("device"),
  devicesAfter: (user: string) => key<PushDevice>("device", user, true),
  devicesEnd: () => key<PushDevice>("device", true),
  /** With the device: whose it is. */
  deviceOwner: (hash: string) => key<string>("device_owner", hash),
  /** For ever. `notifications.ts`. */
  notificationPreferences: (user: string) => key<NotificationPreferences>("notification_preferences", user),
  allPreferences: () => key<NotificationPreferences>("notification_preferences"),
  preferencesAfter: (user: string) => key<NotificationPreferences>("notification_preferences", user, true),
  preferencesEnd: () => key<NotificationPreferences>("notification_preferences", true),
  /** Until the usual is chosen again: what somebody is told of in a live room. `levels.ts`, both in one atomic. */
  roomLevel: (user: string, room: string) => key<RoomLevel>("room_level", user, room),
  roomLevels: (user: string) => key<RoomLevel>("room_level", user),
  listener: (room: string, user: string) => key<Listener>("listener", room, user),
  listeners: (room: string) => key<Listener>("listener", room),
  /** Until it is told. `notifications.ts`, `cron/notifier.ts`. */
  waiting: (user: string, ...id: string[]) => key<Waiting>("waiting", user, ...id),
  /** As long as something waits, by time: who is to be told then. With the first that waits. */
  dueNotification: (at: number, user: string) => key<Due>("due_notification", at, user),
  dueNotifications: () => key<Due>("due_notification"),
  dueAfter: (at: number) => key<Due>("due_notification", at, true),
  /** Until everybody has it waiting: the last member who has. `cron/notifier.ts`. */
  letterToTell: (date: string) => key<string>("letter_to_tell", date),
  lettersToTell: () => key<string>("letter_to_tell"),

  /** For ever, whose verified address it is. `addresses.ts`, with the user. */
  userByEmail: (email: string) => key<string>("user_by_email", email.toLowerCase()),
  /** Until it is used, replaced, or `expiresAt`; by the token's hash. `mail_tokens.ts`; the sweeper. */
  mailToken: (hash: string) => key<MailToken>("mail_token", hash),
  mailTokens: () => key<MailToken>("mail_token"),
  newestToken: (user: string, purpose: TokenPurpose) => key<NewestToken>("newest_token", user, purpose),
  newestTokens: () => key<NewestToken>("newest_token"),
  /** Until it is sent, or given up; moved to a later `due` while somebody sends it, and when it is refused. `mails.ts`. */
  mail: (lane: MailLane, due: number, id: string) => key<QueuedMail>("mail", lane, due, id),
  mails: (lane: MailLane) => key<QueuedMail>("mail", lane),
  /** Seven days, where there is no mail server. `outbox.ts`; the sweeper. */
  outbox: (id: string) => key<KeptMail>("outbox", id),
  outboxes: () => key<KeptMail>("outbox"),
  /** Until it is stopped: the letter by mail. `letter_readers.ts`, both in one atomic. */
  letterChoice: (user: string) => key<LetterChoice>("letter_choice", user),
  letterReader: (hour: number, user: string) => key<LetterReader>("letter_reader", hour, user),
  letterReaders: (hour: number) => key<LetterReader>("letter_reader", hour),
  /** For ever, how far the letters of an hour are in the queue. `letter_readers.ts`, with the mails. */
  letterRound: (hour: number) => key<LetterRound>("letter_round", hour),
};

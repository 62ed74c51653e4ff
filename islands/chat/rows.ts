import { dateAt } from "../../domain/day.ts";
import type { Message, Reaction } from "../../domain/message.ts";
import type { Came, Chat } from "./chat.ts";

/** Of one writer within this time (milliseconds): no face and no name again. */
const TOGETHER = 5 * 60_000;

/** What I pressed on a message. */
export type Pressed = readonly Reaction[] | undefined;

/** How far a message of mine has come. */
export type Got = "sent" | "delivered" | "read";

/** What stands in the list, from top to bottom. */
export type Row =
  | {
    row: "message";
    message: Message;
    cont: boolean;
    mine: boolean;
    still: boolean;
    called: boolean;
    asked: boolean;
    pressed: Pressed;
    got: Got;
  }
  | { row: "came"; came: Came; key: string }
  | { row: "day"; date: string; key: string }
  | { row: "gap" | "unread"; key: string };

type Seen = { chat: Chat; zone: string; now: number; rows: Row[] };
let seen: Seen | undefined;
const told = [
  "items",
  "me",
  "read",
  "gap",
  "settled",
  "reacted",
  "came",
  "showsCame",
  "top",
  "receipt",
] as const satisfies (keyof Chat)[];

/** The rows; the same as the last time when nothing that they tell has changed. */
export function rowsOf(chat: Chat, zone: string, now: number): Row[] {
  const same = seen && seen.zone === zone && seen.now === now && told.every((name) => seen!.chat[name] === chat[name]);
  if (!same) seen = { chat, zone, now, rows: makeRows(chat, zone, now) };
  return seen!.rows;
}

/** `zone` is where days are counted, `now` the time by which today's first message needs no date. */
function makeRows(chat: Chat, zone: string, now: number): Row[] {
  const rows: Row[] = [];
  const unread = unreadFrom(chat);
  const came = new Map(chat.came.map((one) => [one.after, one]));
  let last: Message | undefined;
  let day = dateAt(now, zone);
  for (const message of chat.items) {
    if (chat.top && !matters(message, chat)) continue;
    const date = dayOf(message.at, zone);
    const turned = date !== day;
    if (message.seq === chat.gap) rows.push({ row: "gap", key: "gap" });
    if (turned) rows.push({ row: "day", date, key: date });
    if (message.seq === unread) rows.push({ row: "unread", key: "unread" });
    const broken = turned || message.seq === unread || message.seq === chat.gap;
    rows.push({
      row: "message",
      message,
      cont: !broken && continues(last, message),
      mine: message.author.id === chat.me?.id,
      still: chat.settled.has(message.clientId),
      asked: isMine(chat, message),
      pressed: chat.reacted.get(message.seq),
      got: gotOf(chat, message),
      called: chat.me !== null && (message.mentions?.includes(chat.me.id) ?? false),
    });
    const moved = came.get(message.seq);
    if (moved && chat.showsCame && !chat.top) rows.push({ row: "came", came: moved, key: `came${moved.after}` });
    [last, day] = [message, date];
  }
  return rows;
}

const gotOf = ({ receipt: { delivered, read } }: Chat, { seq }: Message): Got =>
  seq <= read ? "read" : seq <= delivered ? "delivered" : "sent";

/** An answer to my question. */
const isMine = ({ items, me }: Chat, { state, reply }: Message): boolean =>
  state === "streaming" && me !== null && items.some(({ seq, author }) => seq === reply?.seq && author.id === me.id);

/** So many pressed something on it. */
const MANY = 2;
/** What the short view shows: staff, keepers, the companion, what many answered to; and one's own. */
const matters = ({ kind, author, reactions = {} }: Message, { me }: Chat): boolean =>
  kind !== "user" || author.role !== "user" || author.id === me?.id ||
  Object.values(reactions).reduce((sum, n) => sum + n, 0) >= MANY;

/** Says the same thing as the one above it: same writer, no mood of its own, not long after. */
export const continues = (above: Message | undefined, message: Message): boolean =>
  above !== undefined && above.author.id === message.author.id && above.kind === message.kind &&
  !message.reply && message.kind !== "admin" && message.at - above.at < TOGETHER &&
  (!message.mood || message.mood === above.mood);

/** The first message of others that an earlier visit did not reach. */
function unreadFrom({ items, read, me }: Chat): number | undefined {
  if (!read || (items[0]?.seq ?? 0) > read + 1) return undefined;
  return items.find(({ seq, author }) => seq > read && author.id !== me?.id)?.seq;
}

/** The same minute is always the same day: a long list asks the calendar seldom. */
function dayOf(at: number, zone: string): string {
  const minute = Math.floor(at / 60_000);
  if (known.zone !== zone) Object.assign(known, { zone, days: new Map() });
  const day = known.days.get(minute) ?? dateAt(at, zone);
  if (known.days.size > 5000) known.days.clear();
  known.days.set(minute, day);
  return day;
}
const known = { zone: "", days: new Map<number, string>() };

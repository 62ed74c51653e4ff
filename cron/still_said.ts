import type { Notification } from "../domain/notification.ts";
import type { Log } from "../kv/log.ts";

/** How much of a message is told, in characters. */
const TOLD = 120;

/** Without those whose message was taken away while they waited; the others with its words as they are now. */
export async function stillSaid(log: Pick<Log, "messages">, told: Notification[]): Promise<Notification[]> {
  const found = await Promise.all(told.map(async (one) => {
    if (!one.of) return [one];
    const [message] = await log.messages(one.of.room, [one.of.seq]);
    if (!message || message.gone) return [];
    return [{ ...one, text: [...message.text].slice(0, TOLD).join("") }];
  }));
  return found.flat();
}

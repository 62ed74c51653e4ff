import type { Model } from "../ai/model.ts";
import { withinTime } from "../ai/patience.ts";
import { translate } from "../ai/translate.ts";
import type { Surface } from "../domain/consent.ts";
import { hash53 } from "../domain/hash.ts";
import { limits } from "../domain/limits.ts";
import type { Message } from "../domain/message.ts";
import type { Lang } from "../domain/person.ts";
import { Problem } from "../domain/problems.ts";
import type { Room } from "../domain/room.ts";
import type { Translation } from "../domain/translation.ts";
import { noteSent, unwilling } from "../kv/consents.ts";
import { keys } from "../kv/keys.ts";
import type { Store } from "../kv/store.ts";
import { giveBack, take } from "../kv/windows.ts";
import type { Seen } from "./seen.ts";

const PATIENCE = 20_000;
/** Rooms whose words people write for each other. */
const surfaces: Partial<Record<Room["kind"], Surface>> = { plaza: "plaza", live: "live", direct: "direct" };

type Asked = { room: Room; seq: number; lang: Lang; asker: string };

/**
 * What a message of a room, as this reader sees it, says in a language: made once for all, as long as it says the same.
 * `asker` is whose budget it is. Problems `not_found`, `kept_from_ai`, `too_many`, `companion_resting`.
 */
export type Translations = (seen: Seen, asked: Asked) => Promise<Translation>;

export function openTranslations(
  { store, model, now, scale }: { store: Store; model: Model; now: () => number; scale: number },
): Translations {
  const underWay = new Map<string, Promise<string>>();

  return async (seen, asked) => {
    const { room, seq, lang } = asked, surface = surfaces[room.kind];
    const [message] = surface ? await seen.messages(room.id, [seq]) : [];
    if (!surface || !isSpoken(message)) throw new Problem("not_found");
    if ((await unwilling(store, surface, [message.author.id])).size) throw new Problem("kept_from_ai");
    const key = keys.translation(room.id, seq, lang), of = hash53(message.text);
    const { value } = await store.get(key);
    const known = value?.of === of && value.expiresAt > now() ? value.text : undefined;
    return { lang, text: known ?? await madeOnce(`${key} ${of}`, () => make(asked, message, surface)) };
  };

  /** Those who ask for the same while it is made wait for the same. */
  function madeOnce(name: string, make: () => Promise<string>): Promise<string> {
    const making = underWay.get(name) ?? make().finally(() => underWay.delete(name));
    underWay.set(name, making);
    return making;
  }

  async function make({ room, seq, lang, asker }: Asked, { author, text }: Message, surface: Surface): Promise<string> {
    if (!model.name) throw new Problem("companion_resting");
    await take(store, "translationsByAsker", asker, now(), scale);
    const time = withinTime(PATIENCE);
    try {
      await noteSent(store, now(), { task: "translate", surface }, [author.id]);
      const said = await translate(model, text, lang, time.signal);
      const record = { text: said, of: hash53(text), expiresAt: now() + limits.translation };
      await store.commit((atomic) => atomic.set(keys.translation(room.id, seq, lang), record));
      return said;
    } catch (error) {
      await giveBack(store, "translationsByAsker", asker, now(), scale);
      throw error instanceof Problem ? error : new Problem("companion_resting");
    } finally {
      time.end();
    }
  }
}

const isSpoken = (message?: Message): message is Message =>
  !!message && (message.kind === "user" || message.kind === "admin") && !message.gone && !message.change &&
  !message.photo && !message.poll && message.text !== "";

import { BANDI } from "../domain/companion.ts";
import type { Author } from "../domain/message.ts";
import type { Lang } from "../domain/person.ts";
import { wordsIn } from "../domain/words/words.ts";

/** The companion as the author of a message. */
export const bandi = (lang: Lang): Author => ({ id: BANDI, nickname: wordsIn(lang).companion.name, role: "user" });

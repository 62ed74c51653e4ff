import type { Lang } from "../person.ts";
import { en } from "./en.ts";
import { ja } from "./ja.ts";
import { ko, type Words } from "./ko.ts";

export type { Words } from "./ko.ts";

const all: Record<Lang, Words> = { ko, en, ja };
export const wordsIn = (lang: Lang): Words => all[lang];

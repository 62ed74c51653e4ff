import type { Lang } from "../../domain/person.ts";
import * as en from "./en/en.ts";
import * as ja from "./ja/ja.ts";
import * as ko from "./ko/ko.ts";
import { type ScenarioId, scenarioIds, type ScenarioText, type ScenarioTexts } from "./scenario.ts";

const gallery: Record<Lang, ScenarioTexts> = { ko: ko.gallery, en: en.gallery, ja: ja.gallery };

/** A scene in a language. Its script is spoken by who practises that language, its other words are read. */
export const scenarioIn = (id: ScenarioId, lang: Lang): ScenarioText => gallery[lang][id];

/** The id that a query or a stored scene names; undefined when there is none such. */
export const scenarioId = (name: string | undefined): ScenarioId | undefined => scenarioIds.find((id) => id === name);

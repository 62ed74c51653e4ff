import type { ScenarioTexts } from "../scenario.ts";
import { home } from "./home.ts";
import { people } from "./people.ts";
import { town } from "./town.ts";
import { work } from "./work.ts";

export const gallery: ScenarioTexts = { ...town, ...home, ...people, ...work };

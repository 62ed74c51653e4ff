import type { Message } from "../domain/message.ts";
import { type Lang, langs } from "../domain/person.ts";
import type { Scene, SceneDraft } from "../domain/scene.ts";
import { fill } from "../domain/words/fill.ts";
import { wordsIn } from "../domain/words/words.ts";
import { scenarioId, scenarioIn } from "./gallery/gallery.ts";
import { partnerSays } from "./gallery/partner.ts";
import type { Script } from "./gallery/scenario.ts";
import type { Verdict } from "./scene.ts";

/** The script of a scene of the gallery; undefined for people's own scenes, which have none. */
export function scriptOf({ scenario, language }: Pick<Scene, "scenario" | "language">): Script | undefined {
  const id = scenarioId(scenario);
  return id && scenarioIn(id, language).script;
}

/** A script is good only for the goals that it was written for, in whichever language they are read. */
export function fitsGallery({ scenario, goals }: Pick<SceneDraft, "scenario" | "goals">): boolean {
  const id = scenarioId(scenario);
  return id !== undefined && langs.some((lang) => scenarioIn(id, lang).goals.join("\n") === goals.join("\n"));
}

/**
 * What the scripted partner says to the newest of what the learner said on this branch, and what has become of the
 * goals. Without a script the partner only keeps the talk going, and judges nothing.
 */
export function playOffline(scene: Scene, path: Message[], reader: Lang): { text: string; verdict: Verdict | null } {
  const said = path.filter(({ kind, gone, event }) => (kind === "user" || kind === "admin") && !gone && !event);
  const script = scriptOf(scene);
  if (!script) return { text: keepGoing(scene.language, said.length), verdict: null };
  const { text, met, over } = partnerSays(script, said.map(({ text }) => text));
  const reason = fill(wordsIn(reader).aiRoom.saidThis, { text: [...said.at(-1)?.text ?? ""].slice(0, 120).join("") });
  const goals = scene.goals.map((_, n) => ({
    met: met.includes(n),
    reason: met.includes(n) ? scene.state.at(n)?.reason || reason : "",
  }));
  return { text, verdict: { goals, lost: over === "lost", reason } };
}

/** Says nothing of its own: it asks on, in turn. */
export function keepGoing(language: Lang, turn: number): string {
  const { goOn } = wordsIn(language).aiRoom;
  return goOn[Math.max(0, turn - 1) % goOn.length];
}

import type { Beat, Script } from "./scenario.ts";

/** What the scripted partner says now, which goals (0, 1, 2) are met by then, and how the scene has ended, if it has. */
export type Told = { text: string; met: number[]; over?: "won" | "lost" };

/** Answers the newest of what was said; the scene so far is played again from the first, so nothing has to be kept. */
export function partnerSays(script: Script, said: string[]): Told {
  const play = open(script);
  let told: Told = { text: script.opening, met: [] };
  for (const text of said) {
    if (told.over) break;
    told = play(text);
  }
  return told;
}

/** The scene from its beginning: a turn each call. */
function open(script: Script): (text: string) => Told {
  const met = new Set<Beat>(), doubted = new Set<Beat>(), nudged = new Set<Beat>();
  let asides = 0;
  const goals = () => script.beats.flatMap((beat, i) => met.has(beat) ? [i] : []);

  return (text) => {
    if (script.lost.heard.test(text)) return { text: script.lost.say, met: goals(), over: "lost" };
    const heard = script.beats.filter((beat) => !met.has(beat) && beat.heard.test(text));
    const doubtful = heard.find((beat) => beat.doubt && !doubted.has(beat));
    const said: string[] = [];
    for (const beat of heard) {
      if (beat === doubtful) continue;
      met.add(beat);
      said.push(beat.yes);
    }
    if (doubtful) doubted.add(doubtful);
    if (met.size === script.beats.length) return { text: [...said, script.end].join(" "), met: goals(), over: "won" };
    said.push(doubtful?.doubt ?? onward());
    return { text: said.join(" "), met: goals() };
  };

  /** Leads to the next goal; the second time in other words. */
  function onward(): string {
    const next = script.beats.find((beat) => !met.has(beat))!;
    if (nudged.has(next)) return script.aside[asides++ % script.aside.length] + (asides % 2 ? "" : ` ${next.nudge}`);
    nudged.add(next);
    return next.nudge;
  }
}

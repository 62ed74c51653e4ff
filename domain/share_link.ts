import type { Scene } from "./scene.ts";

/** The page that opens a scene as somebody else's draft. It carries the scene alone: no talk, no memory, no tags. */
export function shareLink(scene: Scene): string {
  const { language, scenario, title, situation, myRole, aiRole, level, goals } = scene;
  if (scenario) return `/roleplay/new?${new URLSearchParams({ in: language, scenario })}`;
  const query = new URLSearchParams({ in: language, title, situation, myRole, aiRole, level });
  for (const goal of goals) query.append("goal", goal);
  return `/roleplay/new?${query}`;
}

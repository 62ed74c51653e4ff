import type { AppContext } from "../context.ts";

const tabs = { roleplay: "/roleplay", practice: "/practice", progress: "/progress" } as const;

/** From one kind of practice to the other; on a phone the way to the role-plays. */
export function PracticeTabs({ c, here }: { c: AppContext; here: keyof typeof tabs }) {
  const words = c.var.words.roleplay.tabs;
  return (
    <nav class="tabs-row" aria-label={words.label}>
      {(Object.keys(tabs) as (keyof typeof tabs)[]).map((tab) => (
        <a key={tab} href={tabs[tab]} aria-current={tab === here ? "page" : undefined}>{words[tab]}</a>
      ))}
    </nav>
  );
}

/** The tree and the twelve weeks: one tab stop each, arrows walk, Enter opens the day. */
for (const box of document.querySelectorAll<HTMLElement>("[data-walk]")) walk(box);

/** `data-walk="1 14"`: how many days one step goes to the side, and down. */
function walk(box: HTMLElement): void {
  const days = [...box.querySelectorAll<SVGAElement>("a")];
  const [aside, down] = box.dataset.walk!.split(" ").map(Number);
  stopAt(days, days.at(-1)!);
  box.addEventListener("keydown", (event) => {
    const at = days.findIndex((day) => day === document.activeElement);
    const to = days[whereTo(event.key, at)];
    if (!to) return;
    event.preventDefault();
    stopAt(days, to);
    to.focus();
  });

  const whereTo = (key: string, at: number): number => {
    if (key === "Home") return 0;
    if (key === "End") return days.length - 1;
    const by: Record<string, number> = { ArrowLeft: -aside, ArrowRight: aside, ArrowUp: -down, ArrowDown: down };
    return at + (by[key] ?? NaN);
  };
}

function stopAt(days: Element[], day: Element): void {
  for (const each of days) each.setAttribute("tabindex", each === day ? "0" : "-1");
}

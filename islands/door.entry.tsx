import { passwordLacks } from "../domain/password.ts";
import type { Words } from "../domain/words/words.ts";
import { fill } from "../domain/words/fill.ts";

/** What the page says at the fields; `taken` that somebody has the name. */
type Said = Words["door"] & { taken: string };

const said = JSON.parse(document.getElementById("door")!.textContent!) as Said;
const form = document.querySelector<HTMLFormElement>("form[data-door]")!;
const button = form.querySelector("button")!;
const label = button.textContent;

if (form.dataset.door === "register") {
  watchName(form.querySelector<HTMLInputElement>("#username")!);
  watchPassword(form.querySelector<HTMLInputElement>("#password")!);
}

form.addEventListener("submit", (event) => {
  if (button.ariaDisabled) return event.preventDefault();
  button.ariaDisabled = "true";
  button.textContent = said.going;
});
// Coming back by the back button finds the page as it was left.
addEventListener("pageshow", () => {
  button.ariaDisabled = null;
  button.textContent = label;
});

/** Asks a moment after the last key whether the name is free; only the newest answer counts. */
function watchName(input: HTMLInputElement): void {
  let timer: ReturnType<typeof setTimeout> | undefined, asking = new AbortController();
  input.addEventListener("input", () => {
    clearTimeout(timer);
    asking.abort();
    const name = input.value;
    if (!/^[A-Za-z0-9_]{4,20}$/.test(name)) return tell(input, said.usernameHint, name.length < 4 ? "muted" : "err");
    tell(input, said.usernameHint, "muted");
    asking = new AbortController();
    timer = setTimeout(() => ask(name, asking.signal), 400);
  });

  async function ask(name: string, signal: AbortSignal): Promise<void> {
    try {
      const answer = await fetch("/api/check-username", {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ username: name }),
        signal,
      });
      if (!answer.ok) return;
      const { available } = await answer.json() as { available: boolean };
      tell(input, available ? said.usernameFree : said.taken, available ? "ok" : "err");
    } catch {
      // Without an answer the rule stays; the server says at the end.
    }
  }
}

function watchPassword(input: HTMLInputElement): void {
  input.addEventListener("input", () => {
    const { characters, letter, digit } = passwordLacks(input.value);
    const lacks = [
      characters > 0 && fill(said.charactersMore, { n: characters }),
      letter && said.needsLetter,
      digit && said.needsDigit,
    ].filter((line) => line !== false);
    if (!input.value) tell(input, said.passwordHint, "muted");
    else if (lacks.length) tell(input, lacks.join(" "), "muted");
    else tell(input, said.passwordFine, "ok");
  });
}

function tell(input: HTMLInputElement, text: string, how: "ok" | "err" | "muted"): void {
  const line = document.getElementById(`${input.id}-h`)!;
  line.className = `s ${how}`;
  line.textContent = text;
  if (how === "err") input.ariaInvalid = "true";
  else input.removeAttribute("aria-invalid");
}

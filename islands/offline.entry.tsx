import { render } from "preact";
import { browserShelf } from "./chat/outbox.ts";
import { readSeen, type Seen } from "./chat/seen.ts";

const seen = readSeen(browserShelf());
const box = document.getElementById("seen")!;
if (seen) {
  box.replaceChildren();
  render(<Last {...seen} />, box);
}

addEventListener("online", () => location.reload());
document.getElementById("again")!.addEventListener("click", () => location.reload());

/** What one read last, with the time it was said. */
function Last({ title, said }: Seen) {
  const time = new Intl.DateTimeFormat(document.documentElement.lang, { hour: "numeric", minute: "2-digit" });
  return (
    <>
      <h3>{title}</h3>
      <ul class="stack tight">
        {said.map(({ who, text, at }) => (
          <li key={at}>
            <b>{who}</b> <time class="s muted" dateTime={new Date(at).toISOString()}>{time.format(at)}</time>
            <p>{text}</p>
          </li>
        ))}
      </ul>
    </>
  );
}

import { useEffect, useState } from "preact/hooks";
import type { EnglishWords } from "./english.tsx";
import type { Note } from "./notes.ts";

type Props = { notes: Note[]; words: EnglishWords };

/** What was written, what is better and why; each note is kept as a card, and can be taken out again. */
export function Notes({ notes, words }: Props) {
  return <ul class="stack tight">{notes.map((note) => <One key={note.said} note={note} words={words} />)}</ul>;
}

type Kept = { state: "keeping" | "failed" | "dropped" } | { state: "kept"; id: string };

function One({ note, words }: { note: Note; words: EnglishWords }) {
  const [kept, set] = useState<Kept>({ state: "keeping" });
  useEffect(() => {
    keep(note, words).then((id) => set(id ? { state: "kept", id } : { state: "failed" }));
  }, [note]);
  const drop = async (id: string) => {
    const gone = await fetch(`/api/cards/${id}`, { method: "DELETE" }).catch(() => null);
    if (gone?.ok) set({ state: "dropped" });
  };
  return (
    <li class="card note stack tight">
      <p class="s">
        <span class="badge">{words.kinds[note.kind]}</span> {words.why[note.kind]} <span lang="en">{note.about}</span>
      </p>
      <p>
        <span class="vh">{words.said}:</span> <del lang="en">{note.said}</del>
      </p>
      <p>
        <span class="vh">{words.better}:</span> <b lang="en">{note.better}</b>
      </p>
      <p class="row between s soft" role="status">
        {kept.state !== "keeping" &&
          words[({ kept: "kept", failed: "notKept", dropped: "dropped" } as const)[kept.state]]}
        {kept.state === "kept" && (
          <button type="button" class="btn quiet sm" onClick={() => drop(kept.id)}>{words.drop}</button>
        )}
      </p>
    </li>
  );
}

/** The card's id; `null` when it could not be kept. */
async function keep({ said, better, kind, about }: Note, words: EnglishWords): Promise<string | null> {
  const why = `${words.why[kind]} ${about}`.slice(0, 300);
  const answer = await fetch("/api/cards", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ language: "en", said, better, why, kind }),
  }).catch(() => null);
  return answer?.ok ? (await answer.json() as { id: string }).id : null;
}

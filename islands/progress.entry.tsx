import { render } from "preact";
import { useState } from "preact/hooks";
import { English, type EnglishWords } from "./harper/english.tsx";
import type { HarperFiles } from "./harper/harper.ts";

type Data = { files: HarperFiles; words: EnglishWords };
const data = JSON.parse(document.getElementById("english-data")!.textContent!) as Data;

/** A place to try a sentence; the practice's own composer has the same switch. */
function Corner({ files, words }: Data) {
  const [text, look] = useState("");
  return (
    <form
      class="stack tight"
      onSubmit={(event) => {
        event.preventDefault();
        look(String(new FormData(event.currentTarget).get("sentence")));
      }}
    >
      <English files={files} words={words} level="strict" text={text}>
        <label class="label" for="sentence">{words.field}</label>
        <textarea
          class="input"
          id="sentence"
          name="sentence"
          rows={2}
          maxLength={400}
          lang="en"
          placeholder={words.placeholder}
        />
        <button type="submit" class="btn">{words.look}</button>
      </English>
    </form>
  );
}

const place = document.getElementById("english")!;
place.replaceChildren();
render(<Corner {...data} />, place);

import type { Correction } from "../domain/correction.ts";
import type { Lang } from "../domain/person.ts";

/** The same sentence and the same better one are the same card, whatever their capitals, spaces and last marks. */
export async function cardId(language: Lang, { said, better }: Pick<Correction, "said" | "better">): Promise<string> {
  const text = JSON.stringify([language, plain(said), plain(better)]);
  const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return new Uint8Array(hash, 0, 12).toHex();
}

const plain = (text: string): string =>
  text.normalize("NFKC").toLowerCase().replace(/\s+/gu, " ").replace(/[\s.!?。…~]+$/u, "").trim();

/** An answer as far as it has come, and the pieces that are ahead of a hole. `from` counts UTF-16 units. */
export type Stream = { text: string; ahead: { from: number; text: string }[] };

export const noStream: Stream = { text: "", ahead: [] };

/** Puts a piece where it belongs. Pieces that come twice, late or ahead of others do no harm. */
export function flow(stream: Stream, from: number, text: string): Stream {
  let whole = stream.text;
  const ahead = [...stream.ahead, { from, text }].sort((a, b) => a.from - b.from).filter((piece) => {
    if (piece.from > whole.length) return true;
    if (piece.from + piece.text.length > whole.length) whole = whole.slice(0, piece.from) + piece.text;
    return false;
  });
  return { text: whole, ahead };
}

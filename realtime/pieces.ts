/** A text that is there already, as pieces. */
export async function* whole(text: string): AsyncGenerator<string> {
  yield text;
}

/** The same pieces; the first of them is asked for at once. */
export function eagerly(pieces: AsyncIterable<string>): AsyncIterable<string> {
  const iterator = pieces[Symbol.asyncIterator](), first = iterator.next();
  first.catch(() => {});
  return (async function* () {
    try {
      for (let one = await first; !one.done; one = await iterator.next()) yield one.value;
    } finally {
      await iterator.return?.();
    }
  })();
}

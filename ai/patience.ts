/** Bytes of one answer; more is a server gone wrong. */
const MOST_BYTES = 4 * 1024 * 1024;

/** A signal that fires with the caller's, or after `ms`. `end` lets go of both; `shorten` leaves it that long. */
export function withinTime(ms: number, caller?: AbortSignal) {
  const controller = new AbortController();
  const stop = () => controller.abort(caller?.reason);
  const late = () => controller.abort(new DOMException("The answer took too long", "TimeoutError"));
  let timer = setTimeout(late, ms);
  if (caller?.aborted) stop();
  else caller?.addEventListener("abort", stop, { once: true });
  return {
    signal: controller.signal,
    shorten(left: number) {
      clearTimeout(timer);
      timer = setTimeout(late, left);
    },
    end() {
      clearTimeout(timer);
      caller?.removeEventListener("abort", stop);
    },
  };
}

/** `fetch` whose answer breaks off beyond a size, so that no server can fill the memory. */
export async function boundedFetch(input: string | URL | Request, init?: RequestInit): Promise<Response> {
  const response = await fetch(input, init);
  if (!response.body) return response;
  let bytes = 0;
  const bounded = response.body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, out) {
        bytes += chunk.byteLength;
        if (bytes > MOST_BYTES) out.error(new Error("The answer is too large"));
        else out.enqueue(chunk);
      },
    }),
  );
  return new Response(bounded, response);
}

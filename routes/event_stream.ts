const KEEP_ALIVE = 15_000;
/** Bytes that a reader may lag behind before the stream ends: the room has it all. */
const MOST_WAITING = 1024 * 1024;

/** An answer as server-sent events. `work` sends them until it is done; `gone` says that nobody listens any more. */
export function eventStream(
  work: (send: (event: string, data: string) => void, gone: AbortSignal) => Promise<void>,
): Response {
  const encoder = new TextEncoder(), gone = new AbortController();
  let timer: ReturnType<typeof setInterval>, cancelled = false;
  const body = new ReadableStream<Uint8Array>({
    start(out) {
      const put = (text: string) => {
        if (gone.signal.aborted) return;
        out.enqueue(encoder.encode(text));
        if ((out.desiredSize ?? 0) < -MOST_WAITING) gone.abort();
      };
      timer = setInterval(() => put(":\n\n"), KEEP_ALIVE);
      work((event, data) => put(`event: ${event}\ndata: ${data}\n\n`), gone.signal).catch(() => {}).finally(() => {
        clearInterval(timer);
        if (!cancelled) out.close();
      });
    },
    cancel() {
      cancelled = true;
      clearInterval(timer);
      gone.abort();
    },
  }, new ByteLengthQueuingStrategy({ highWaterMark: 64 * 1024 }));
  return new Response(body, {
    headers: {
      "Content-Type": "text/event-stream; charset=UTF-8",
      "Cache-Control": "no-store",
      "X-Accel-Buffering": "no",
    },
  });
}

/** What our side asked for. */
export type Asked = {
  messages: { role: "system" | "user" | "assistant"; content: string }[];
  stream: boolean;
  max_tokens?: number;
  max_completion_tokens?: number;
  response_format?: { type: string; json_schema?: { name: string; schema: unknown } };
};
/** The answer to the nth question (from 0): a text is said in full, a Response is sent as it is. */
export type Reply = (asked: Asked, n: number) => string | Response | Promise<string | Response>;

/** An OpenAI-compatible server of our own, which says what the test wants. */
export function startModelServer(reply: Reply) {
  const requests: Asked[] = [];
  const waiters = new Set<() => void>();
  let broken = 0;
  const hungUp = () => {
    broken++;
    for (const wake of waiters) wake();
  };
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: () => {} }, async (request) => {
    const asked = await request.json() as Asked;
    requests.push(asked);
    const said = await reply(asked, requests.length - 1);
    return overheard(typeof said === "string" ? say(said) : said, hungUp);
  });
  return {
    url: `http://127.0.0.1:${server.addr.port}/v1`,
    requests,
    /** Resolves when our side has hung up on `n` requests. */
    async hungUp(n: number): Promise<void> {
      while (broken < n) await new Promise<void>((wake) => waiters.add(wake));
    },
    stop: () => server.shutdown(),
  };
}

/** The same response, which notices when nobody listens any more. */
function overheard(response: Response, cancelled: () => void): Response {
  if (!response.body) return response;
  const reader = response.body.getReader();
  const body = new ReadableStream<Uint8Array>({
    async pull(out) {
      const { value, done } = await reader.read();
      if (done) out.close();
      else out.enqueue(value);
    },
    async cancel() {
      cancelled();
      await reader.cancel();
    },
  });
  return new Response(body, response);
}

export const chunk = (content: string, finish: string | null = null): string =>
  `data: ${JSON.stringify({ id: "x", choices: [{ index: 0, delta: { content }, finish_reason: finish }] })}\n\n`;
const usage = `data: ${
  JSON.stringify({ id: "x", choices: [], usage: { prompt_tokens: 100, completion_tokens: 20 } })
}\n\n`;
const done = "data: [DONE]\n\n";

/** A whole answer in several pieces, as a good server sends it. */
export function say(text: string, finish = "stop"): Response {
  const pieces = text.match(/[\s\S]{1,40}/gu) ?? [];
  return stream([...pieces.map((piece) => chunk(piece)), chunk("", finish), usage, done]);
}

/** Sends the parts one after the other, `pause` ms apart; then ends, breaks the line, or stays silent. */
export function stream(
  parts: (string | Uint8Array)[],
  { pause = 0, then = "end" as "end" | "break" | "silence" } = {},
): Response {
  const encoder = new TextEncoder();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const body = new ReadableStream<Uint8Array>({
    async start(out) {
      for (const part of parts) {
        if (pause) await new Promise((go) => timer = setTimeout(go, pause));
        try {
          out.enqueue(typeof part === "string" ? encoder.encode(part) : part);
        } catch {
          return; // They hung up.
        }
      }
      if (then === "end") out.close();
      if (then === "break") timer = setTimeout(() => out.error(new Error("cut, as the test asked")), 30);
    },
    cancel: () => clearTimeout(timer),
  });
  return new Response(body, { headers: { "content-type": "text/event-stream" } });
}

const json = (status: number, headers: Record<string, string> = {}): Response =>
  Response.json({ error: { message: "no", type: "fault" } }, { status, headers });
const torso = chunk('{"half": "an ans');
const hangul = new TextEncoder().encode(chunk("가"));

/** Everything that a provider has been seen to do wrong, and that reaches us over a connection. */
export const faults: Record<string, () => Response> = {
  "401": () => json(401),
  "429 with Retry-After": () => json(429, { "retry-after-ms": "5" }),
  "500": () => json(500, { "retry-after-ms": "5" }),
  "silence": () => stream([], { then: "silence" }),
  "one byte now and then": () => stream([...torso].map((c) => c), { pause: 20, then: "silence" }),
  "cut inside a character": () => stream([torso, hangul.slice(0, hangul.indexOf(0xea) + 1)]),
  "cut inside the JSON": () => stream([torso, 'data: {"choices":[{"del']),
  "line broken": () => stream([torso], { then: "break" }),
  "no finish_reason": () => stream([torso, done]),
  "finish_reason length": () => say('{"half": "an ans', "length"),
  "error event": () => stream([torso, 'event: error\ndata: {"error":{"message":"oops"}}\n\n']),
  "error object": () => stream([torso, 'data: {"error":{"message":"oops"}}\n\n']),
  "HTML": () => new Response("<html><body>Bad gateway</body></html>", { headers: { "content-type": "text/html" } }),
  "a line of 10 MB": () => stream([torso, "data: ", "x".repeat(10 << 20)]),
  "never ends": () => stream([...Array(2_000)].map(() => torso), { pause: 5, then: "silence" }),
};

import { openModel } from "../ai/model.ts";
import type { Message } from "../domain/message.ts";
import type { Quota } from "../domain/quota.ts";
import { openStore, type Store } from "../kv/store.ts";
import { type Asked as Call, openRig } from "./rig.ts";
import { type Asked, type Reply, say, startModelServer } from "./model_server.ts";

/** What a model answers in AI rooms, by the task that the rules name. */
export type Tasks = Partial<Record<Task, Reply>>;
export const tasks = {
  line: "speak the next line",
  judge: "quiet referee",
  converse: "practises talking",
  correct: "put right what somebody wrote",
  remember: "keep the memory",
  hint: "does not know what to say next",
  plan: "prepare a job interview",
  probe: "You interview the learner",
  score: "score one answer",
  level: "short level check",
} as const;
export type Task = keyof typeof tasks;

export const taskOf = ({ messages: [{ content }] }: Asked): Task =>
  (Object.keys(tasks) as Task[]).find((task) => content.includes(tasks[task])) ?? "line";

export const usual: Record<Task, string> = {
  line: "Welcome. What can I do for you?",
  judge: JSON.stringify({ goals: [], lost: false, reason: "" }),
  converse: "That sounds nice. What did you like most?",
  correct: JSON.stringify({ corrections: [] }),
  remember: JSON.stringify({ summary: "", facts: [] }),
  hint: JSON.stringify({ text: "maybe", meaning: "아마" }),
  plan: JSON.stringify({ questions: ["Q1?", "Q2?", "Q3?", "Q4?", "Q5?"] }),
  probe: JSON.stringify({ followUp: "And then?" }),
  score: JSON.stringify({
    ...Object.fromEntries(
      ["situation", "task", "action", "result"].map((part) => [part, { score: 3, quote: "", hint: "" }]),
    ),
    better: "Better.",
  }),
  level: JSON.stringify({ right: true, why: "이유를 또렷이 말했어요." }),
};

/** The app with a model whose answers the test chooses; several isolates on one store when asked for. */
export async function openAiRig(
  replies: Tasks = {},
  { isolates = 1, patience = 5_000, window, practice = 5 }: {
    isolates?: number;
    patience?: number;
    window?: number;
    practice?: number;
  } = {},
) {
  const server = startModelServer((asked, n) => {
    const task = taskOf(asked), reply = replies[task];
    return reply ? reply(asked, n) : say(usual[task]);
  });
  const store: Store = await openStore(":memory:");
  const clock = { at: Date.UTC(2026, 10, 20, 3, 0) };
  const now = () => clock.at;
  const open = () =>
    openRig({
      store,
      now,
      env: { dailyLimits: { practice, roleplay: 1_000 } },
      model: openModel({
        key: "k",
        baseUrl: server.url,
        name: "m",
        now,
        line: () => {},
        window,
        patience: { request: patience, total: patience },
      }),
    });
  const rigs = await Promise.all(Array.from({ length: isolates }, open));
  return {
    rigs,
    rig: rigs[0],
    store,
    server,
    clock,
    /** Requests of one task. */
    asked: (task: Task) => server.requests.filter((asked) => taskOf(asked) === task),
    async [Symbol.asyncDispose]() {
      for (const rig of rigs) await rig[Symbol.asyncDispose]();
      await server.stop();
      store.close();
    },
  };
}
export type Rig = Awaited<ReturnType<typeof openRig>>;

export const draft = {
  language: "en",
  situation: "At a hotel desk, late at night.",
  myRole: "guest",
  aiRole: "clerk",
  goals: ["Check in", "Ask for a quiet room"],
} as const;

export type Answered = { message: Message; answer: Message; quota: Quota };
export const json = (token: string): Call => ({ token, headers: { Accept: "application/json" } });

export async function makeRoom(rig: Rig, token: string, base: "roleplays" | "practices", body: object = draft) {
  const { json } = await rig.post(`/api/${base}`, body, { token });
  return String(json.id);
}

/** Says something and waits for the whole answer. */
export async function speak(rig: Rig, token: string, room: string, text: string, clientId?: string) {
  const reply = await rig.post(`${room}/messages`, { text, clientId }, json(token));
  return { ...reply, ...reply.json as unknown as Answered };
}

export type SentEvent = { event: string; data: Record<string, unknown> };
/** Says something and reads the answer as it comes. */
export async function* listen(rig: Rig, token: string, path: string, body: object = {}): AsyncGenerator<SentEvent> {
  const answer = await fetch(rig.base + path, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json", accept: "text/event-stream" },
    body: JSON.stringify(body),
  });
  let rest = "";
  for await (const text of answer.body!.pipeThrough(new TextDecoderStream())) {
    const parts = (rest + text).split("\n\n");
    rest = parts.pop()!;
    for (const part of parts) {
      const [, event, data] = /^event: (\S+)\ndata: (.*)$/s.exec(part) ?? [];
      if (event) yield { event, data: JSON.parse(data) };
    }
  }
}

/** The branch that is shown, as the API says it: what was said, oldest first. */
export async function branch(rig: Rig, token: string, room: string): Promise<Message[]> {
  const { json } = await rig.get(`${room}/messages?limit=100`, { token });
  return (json.items as Message[]).filter(({ kind }) => kind !== "system");
}
export const texts = (messages: Message[]): string[] => messages.map(({ text }) => text);

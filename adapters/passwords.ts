import { Problem } from "../domain/problems.ts";
import type { Question } from "./password_worker.ts";

/** bcrypt away from the event loop. Problem `busy` with a `wait` when too many are waiting. */
export type Passwords = {
  hash(password: string): Promise<string>;
  /** Without a hash (nobody has that name) it takes as long, and says no. */
  matches(password: string, hash: string | null): Promise<boolean>;
  close(): void;
};

type Answer = string | boolean;
type Waiting = { start(): void };

/** `cost` is bcrypt's; `patience` is how long one waits for a turn, in milliseconds. */
type Options = { cost: number; atOnce?: number; queue?: number; patience?: number };

export function openPasswords({ cost, atOnce = 2, queue = 16, patience = 5_000 }: Options): Passwords {
  const idle: Worker[] = [];
  const busy = new Map<Worker, (error: unknown) => void>();
  const waiting = new Set<Waiting>();
  const nobody = `$2b$${String(cost).padStart(2, "0")}$${"u".repeat(21)}u${"0".repeat(31)}`;
  let running = 0;
  let closed = false;

  async function ask(question: Question): Promise<Answer> {
    await turn();
    try {
      if (closed) throw new Problem("unavailable");
      return await work(question);
    } finally {
      running--;
      waiting.values().next().value?.start();
    }
  }

  /** Two may work at once. A few wait, not for long: a storm of logins must not become a storm of late answers. */
  async function turn(): Promise<void> {
    if (running >= atOnce) {
      if (waiting.size >= queue) throw new Problem("busy", { wait: 2 });
      await new Promise<void>((start, fail) => {
        const me = {
          start() {
            leave();
            running++;
            start();
          },
        };
        const late = setTimeout(() => {
          leave();
          fail(new Problem("busy", { wait: 2 }));
        }, patience);
        const leave = () => {
          clearTimeout(late);
          waiting.delete(me);
        };
        waiting.add(me);
      });
    } else running++;
  }

  function work(question: Question): Promise<Answer> {
    const worker = idle.pop() ?? new Worker(new URL("./password_worker.ts", import.meta.url), { type: "module" });
    return new Promise<Answer>((done, fail) => {
      busy.set(worker, fail);
      worker.onmessage = ({ data }: MessageEvent<Answer>) => {
        busy.delete(worker);
        idle.push(worker);
        done(data);
      };
      worker.onerror = (event) => {
        event.preventDefault();
        busy.delete(worker);
        if (idle.includes(worker)) idle.splice(idle.indexOf(worker), 1);
        worker.terminate();
        fail(new Problem("unavailable"));
      };
      worker.postMessage(question);
    });
  }

  return {
    hash: async (password) => String(await ask({ password, cost })),
    async matches(password, hash) {
      // bcrypt reads 72 bytes; what is longer was never accepted as a password.
      const known = hash !== null && new TextEncoder().encode(password).length <= 72;
      return await ask({ password, hash: known ? hash : nobody }) === true && known;
    },
    close() {
      closed = true;
      for (const worker of [...idle, ...busy.keys()]) worker.terminate();
      for (const fail of busy.values()) fail(new Problem("unavailable"));
      idle.length = 0;
      busy.clear();
    },
  };
}

import type { Message } from "../domain/message.ts";
import type { Role } from "../domain/person.ts";
import type { Store } from "../kv/store.ts";
import { openStore } from "../kv/store.ts";
import { type Caller, openRig } from "./rig.ts";

/** What time writes by itself: who is here, budgets, the index that follows the log. */
const byItself = ["presence", "window", "ticket", "gram", "indexed"];

/** Everything else in the store: for "nothing was stored". */
export async function dump(store: Store): Promise<string> {
  const rows = await store.list<unknown>([]);
  return rows.filter(({ key }) => !byItself.includes(String(key[0])))
    .map(({ key, versionstamp }) => `${key.map(String).join(" ")} ${versionstamp}`).join("\n");
}

export const cast = ["guest", "stranger", "writer", "owner", "keeper", "keeper2", "admin", "admin2"] as const;
export type Name = (typeof cast)[number];
const roles: Partial<Record<Name, Role>> = {
  keeper: "moderator",
  keeper2: "moderator",
  admin: "admin",
  admin2: "admin",
};

/** One of each role, a room of `owner`, and a message of each in it. */
export async function openStage(change: Parameters<typeof openRig>[0] = {}) {
  const store = await openStore(":memory:");
  const rig = await openRig({ ...change, store });
  const people = new Map<Name, Caller>();
  for (const name of cast.slice(1)) people.set(name, await rig.person(`${name}_1`, `별명 ${name}`, roles[name]));
  const token = (name: Name) => people.get(name)?.token;
  const made = await rig.post("/api/rooms", { title: "모닥불" }, { token: token("owner") });
  const room = String((made.json.room as { id?: string } | undefined)?.id ?? made.json.id);
  const said = new Map<Name, number>();
  for (const name of cast.slice(1)) {
    const answer = await rig.post(`/api/rooms/${room}/messages`, { text: `${name}의 말` }, { token: token(name) });
    said.set(name, Number(answer.json.seq));
  }
  return {
    rig,
    store,
    room,
    token,
    id: (name: Name): string => people.get(name)!.id,
    seq: (name: Name): number => said.get(name)!,
    people,
    ask: (who: Name, method: string, path: string, body?: unknown) =>
      rig.ask(method, path, { body, token: token(who) }),
    message: async (seq: number): Promise<Message> => (await rig.parts.log.messages(room, [seq]))[0],
    /** A socket of somebody that keeps what it hears. */
    async socket(who: Name, join?: string) {
      const headers = token(who) ? { authorization: `Bearer ${token(who)}` } : {};
      const socket = new WebSocket(`${rig.base.replace("http", "ws")}/ws`, { headers } as unknown as string[]);
      const frames: Record<string, unknown>[] = [];
      const ended: { code?: number } = {};
      socket.onmessage = ({ data }) => void frames.push(JSON.parse(data));
      socket.onclose = ({ code }) => void (ended.code = code);
      await new Promise((open) => socket.onopen = open);
      const say = (frame: unknown) => socket.send(JSON.stringify(frame));
      const heard = async (what: (frame: Record<string, unknown>) => boolean, from = 0) => {
        for (const end = Date.now() + 5_000; !frames.slice(from).some(what);) {
          if (Date.now() > end) throw new Error(`heard only ${JSON.stringify(frames.slice(from))}`);
          await new Promise((go) => setTimeout(go, 3));
        }
        return frames.slice(from).find(what)!;
      };
      if (join) {
        say({ type: "join", room: join });
        await heard(({ type }) => type === "joined");
      }
      return { socket, frames, ended, say, heard, [Symbol.dispose]: () => socket.close() };
    },
    async [Symbol.asyncDispose]() {
      await rig[Symbol.asyncDispose]();
      store.close();
    },
  };
}

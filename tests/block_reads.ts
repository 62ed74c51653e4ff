import assert from "node:assert/strict";
import { STREAMING } from "../domain/room.ts";
import { LETTER, markOf, type Person, type Town } from "./block_rig.ts";

/** Sockets, and what is the same for everybody. */
const elsewhere = /^\/(\*|static\/\*|ws.*)$/;
const ofRooms = /^\/(api\/rooms|api\/chats\/api\/rooms|live|chats|chat|chatbot\/chats|said)\/:id/;

/** All that a person can fetch, as text by address. */
export async function fetchAll(town: Town, who: Person, other: Person): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  const routes = who.rig.app.routes.filter(({ method, path }) => method === "GET" && !elsewhere.test(path));
  for (const path of new Set(routes.map(({ path }) => path))) {
    const accept = path.startsWith("/api/") ? "application/json" : "text/html";
    for (const address of await addressesOf(town, path, other)) {
      for (const question of questionsOf(path, other)) {
        const { status, text } = await who.rig.get(address + question, { ...who, headers: { accept } });
        assert.notEqual(status, 500, address + question);
        found.set(address + question, text);
      }
    }
  }
  return found;
}

/** What is asked of a route to get all that it has; a route that is not here is asked as it is. */
function questionsOf(path: string, other: Person): string[] {
  const [word, mark, name] = ["혼잣말", markOf(other), other.nickname].map(encodeURIComponent);
  switch (path) {
    case "/":
      return ["", "?day=2026-01-01"];
    case "/search": // the page says what was asked for; that is the reader's own word
      return ["", `?q=${word}`, `?q=${word}&room=${STREAMING}`];
    case "/api/search":
      return [word, mark, name].flatMap((q) => [`?q=${q}&limit=50`, `?q=${q}&limit=50&room=${STREAMING}`]);
    case "/api/rooms":
      return ["", "?own=true"];
    case "/api/rooms/:id/messages":
      return ["?limit=100", "?after=0&limit=100"];
    case "/api/rooms/:id/catch-up":
      return ["?since=0"];
    case "/api/matching/suggestions":
      return ["?limit=10"];
    default:
      return [""];
  }
}

/** The addresses of a route. One with a parameter that is not known here has to be told what there is to see. */
async function addressesOf({ rooms, theirs, direct }: Town, path: string, other: Person): Promise<string[]> {
  const ids = ofRooms.test(path)
    ? [...rooms, theirs, ...(direct ? [direct] : [])]
    : [path.startsWith("/photos") ? other.photo : "none"];
  const found = path.includes(":id") ? ids : [""];
  return await Promise.all(found.map(async (id) => {
    const seq = path.includes(":seq") ? await lastOf(other, id) : 0;
    const known: Record<string, string | number> = {
      id,
      seq,
      date: LETTER,
      word: "none",
      state: "open",
      turn: "open",
      act: "ban",
      language: "en",
    };
    return path.replace(/:(\w+)(\{.*?\})?/g, (_, name) => {
      assert.ok(name in known, `${path}: what is ${name}?`);
      return String(known[name]);
    });
  }));
}

async function lastOf({ id, rig }: Person, room: string): Promise<number> {
  const said = await rig.parts.log.page(room, {}, 100);
  return said.findLast(({ author, gone }) => author.id === id && !gone)?.seq ?? 1;
}

import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { dueRound } from "../cron/letter_mail.ts";
import { keys, type User } from "../kv/keys.ts";
import { lanes } from "../kv/mails.ts";
import { openStore, type Store } from "../kv/store.ts";
import { keepLetter } from "./rig.ts";
import { headersOf, startMailServer } from "./mail_server.ts";
import { kvFile, pause, until } from "./processes.ts";

const [READERS, KILLS] = Deno.env.has("CHAOS") ? [10_000, 5] : [300, 2];
const LEASE = 6_000;
/** As many mails as are on their way at once: so many may be in doubt after each death. */
const AT_ONCE = 5;

Deno.test(`${READERS} letter mails, kill -9 ${KILLS} times in between: every mailbox has one letter`, async () => {
  await using file = await kvFile();
  const store = await openStore(file.path);
  await seed(store, READERS);
  store.close();
  const server = await startMailServer();
  const doubted = new Set<string>();
  let deaths = 0;
  try {
    for (let death = 0; death < KILLS; death++) {
      const child = start(file.path, server.url);
      await child.begun;
      // The first dies while letters are still being queued, the others in the middle of sending.
      const target = Math.floor(READERS * death / (KILLS + 1));
      await until("it sends", () => server.arrived.length >= target, 120_000);
      await pause(Math.random() * 60);
      assert.ok(server.arrived.length < READERS, "it was killed before the end");
      assert.equal((await child.kill()).signal, "SIGKILL");
      deaths++;
      for (const id of child.doubted()) doubted.add(id);
    }
    const last = start(file.path, server.url);
    const mailboxes = () => new Set(server.arrived.map(({ to }) => to)).size;
    await until("everyone has a letter", () => mailboxes() === READERS, 300_000);
    await pause(LEASE + 1_000); // whatever is in doubt is due by then
    await until("the queue is empty", () => emptyQueue(file.path), 30_000);
    await last.kill();
    for (const id of last.doubted()) doubted.add(id);
  } finally {
    await server.stop();
  }

  const ids = new Map<string, string[]>();
  for (const { to, raw } of server.arrived) {
    const id = headersOf(raw.slice(0, raw.indexOf("\r\n\r\n"))).get("message-id")!;
    ids.set(to, [...ids.get(to) ?? [], id]);
  }
  assert.equal(deaths, KILLS);
  assert.equal(ids.size, READERS);
  // A mailbox keeps one of what comes under the same Message-ID: so each has exactly one letter.
  for (const [to, all] of ids) assert.equal(new Set(all).size, 1, to);
  assert.equal(new Set([...ids.values()].flat()).size, READERS);
  const repeats = [...ids.values()].filter((all) => all.length > 1);
  for (const all of repeats) assert.equal(all.length, 2);
  for (const [id] of repeats) assert.ok(doubted.has(id.replace(/^<|@.*$/g, "")), `${id} went again without a doubt`);
  assert.ok(repeats.length <= KILLS * AT_ONCE, `${repeats.length} went twice`);
  console.log(`${READERS} mailboxes, ${KILLS} kills: ${doubted.size} in doubt, ${repeats.length} of them went twice`);
});

async function seed(store: Store, readers: number): Promise<void> {
  const now = Date.now();
  const hour = new Date(now - 50 * 60_000).getUTCHours();
  const text = { title: "느린 아침", paragraphs: ["오늘은 물 한 잔을 천천히 마셔 봐요."], themes: [] };
  await keepLetter({ store, now: () => now }, dueRound(hour, "UTC", now).letter, { ko: text, en: text, ja: text });
  for (let start = 0; start < readers; start += 200) {
    await store.commit((atomic) => {
      for (let n = start; n < Math.min(start + 200, readers); n++) {
        const id = `u${String(n).padStart(5, "0")}`, email = `${id}@mail.test`;
        const user: User = {
          id,
          username: id,
          nickname: id,
          role: "user",
          createdAt: now,
          email,
          emailVerifiedAt: now,
        };
        atomic.set(keys.user(id), user)
          .set(keys.letterChoice(id), { hour, rhythm: "daily", lang: "ko", confirmed: true })
          .set(keys.letterReader(hour, id), { rhythm: "daily" });
      }
    });
  }
}

function start(path: string, url: string) {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", fileURLToPath(new URL("mail_isolate.ts", import.meta.url)), path, url, String(LEASE)],
    stdin: "null",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const lines: { event: string; mail?: string }[] = [];
  const begun = Promise.withResolvers<void>();
  const reading = (async () => {
    let rest = "";
    for await (const text of child.stdout.pipeThrough(new TextDecoderStream())) {
      const rows = (rest + text).split("\n");
      rest = rows.pop()!;
      for (const row of rows) lines.push(JSON.parse(row));
      if (lines.length) begun.resolve();
    }
  })();
  return {
    begun: begun.promise,
    doubted: () => lines.flatMap(({ event, mail }) => event === "mail_in_doubt" && mail ? [mail] : []),
    async kill() {
      child.kill("SIGKILL");
      await reading;
      return await child.status;
    },
  };
}

async function emptyQueue(path: string): Promise<boolean> {
  const store = await openStore(path);
  try {
    const left = await Promise.all(lanes.map((lane) => store.list(keys.mails(lane), { limit: 1 })));
    return left.flat().length === 0;
  } finally {
    store.close();
  }
}

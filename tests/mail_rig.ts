import { openSmtp } from "../adapters/mail.ts";
import { openPost, type PostParts } from "../cron/post.ts";
import { openSigner } from "../kv/signing.ts";
import { secretOf } from "../kv/secrets.ts";
import { openStore, type Store } from "../kv/store.ts";
import { keptMails } from "../kv/outbox.ts";
import { type KeptMail, keys } from "../kv/keys.ts";
import { type Mood, startMailServer } from "./mail_server.ts";
import { pause } from "./processes.ts";
import { type Line, openRig } from "./rig.ts";

export const HOME = "https://jungle.test";
export const FROM = "Jungle Buzz <letter@jungle.test>";

/** The queue alone before a real SMTP server, with a clock that the test turns. */
export async function openMailRig(mood?: (to: string) => Mood, given: Partial<PostParts> & { patience?: number } = {}) {
  const clock = { at: Date.UTC(2026, 10, 21, 0, 50) };
  const now = () => clock.at;
  const lines: Line[] = [];
  const server = await startMailServer(mood);
  const store = given.store ?? await openStore(":memory:");
  const signer = await openSigner(await secretOf(store, "mail"));
  const mailer = openSmtp({ url: server.url, from: FROM, patience: given.patience ?? 5_000 });
  const line: PostParts["line"] = (level, event, fields) => void lines.push({ level, event, ...fields });
  const parts = {
    store,
    mailer,
    signer,
    ownLetters: { sentences: () => Promise.resolve([]) }, // nobody asks for one here
    areApart: () => false,
    home: HOME,
    zone: "Asia/Seoul",
    now,
    scale: 0,
    line,
    ...given,
  };
  return {
    ...parts,
    clock,
    lines,
    server,
    post: openPost(parts),
    events: () => lines.map(({ event }) => event),
    async [Symbol.asyncDispose]() {
      parts.mailer.close();
      await server.stop();
      // nodemailer's pool looks once more 150 ms after a line was cut, or has carried its 100 mails; nobody can clear that.
      if (server.arrived.length >= 100 || lines.some(({ how }) => how === "server")) await pause(300);
      if (!given.store) store.close();
    },
  };
}

/** The newest mail that the app without a mail server has kept for somebody; sends what waits first. */
export async function newestMail(
  { parts }: Pick<Awaited<ReturnType<typeof openRig>>, "parts">,
  to: string,
): Promise<KeptMail | undefined> {
  await parts.post.tick();
  return (await keptMails(parts.store, 1_000)).find((mail) => mail.to === to);
}

/** The path of the first link in a mail that leads to `path`. */
export const linkIn = (mail: { text: string } | undefined, path: string): string =>
  new RegExp(`https?://[^/\\s]+(${path}\\S*)`).exec(mail?.text ?? "")?.[1] ?? "";

export const tokenIn = (mail: { text: string } | undefined, path: string): string =>
  new URLSearchParams(linkIn(mail, path).split("?")[1]).get("token") ?? "";

/** A person whose address is known to be theirs. */
export async function addressed(store: Store, id: string, more: Record<string, unknown> = {}): Promise<void> {
  const email = `${id}@mail.test`;
  await store.commit((atomic) =>
    atomic.set(keys.user(id), {
      id,
      username: id,
      nickname: id,
      role: "user",
      createdAt: 0,
      email,
      emailVerifiedAt: 1,
      ...more,
    }).set(keys.userByEmail(email), id).set(keys.userByName(id), id)
  );
}

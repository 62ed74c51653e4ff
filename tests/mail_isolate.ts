/** Queues and sends letter mails in a process of its own, until it is killed. Says which mails may have gone before. */
import { openSmtp } from "../adapters/mail.ts";
import { queueLetters } from "../cron/letter_mail.ts";
import { openPost } from "../cron/post.ts";
import { openSigner } from "../kv/signing.ts";
import { openStore } from "../kv/store.ts";

const [path, url, lease] = Deno.args;
const store = await openStore(path);
const line = (_level: string, event: string, fields: Record<string, unknown> = {}) => {
  if (event !== "mail_sent") console.log(JSON.stringify({ event, ...fields }));
};
const zone = "UTC", now = Date.now;
const mailer = openSmtp({ url, from: "Jungle Buzz <letter@jungle.test>", patience: Number(lease) / 2 });
const signer = await openSigner(new Uint8Array(32));
const post = openPost({
  store,
  mailer,
  signer,
  ownLetters: { sentences: () => Promise.resolve([]) }, // nobody asks for one here
  areApart: () => false,
  home: "http://jungle.test",
  zone,
  now,
  scale: 0,
  line,
  lease: Number(lease),
});
post.start();
line("info", "begun");
await queueLetters({ store, zone, now, line });
setInterval(post.tick, 50);

import { dirname } from "node:path";
import { readDotEnv, readEnv, type Settings } from "../adapters/env.ts";
import { openPasswords } from "../adapters/passwords.ts";
import { password, username } from "../domain/person.ts";
import { wordsIn } from "../domain/words/words.ts";
import { explainField } from "../domain/words/explain.ts";
import { makeAdmin } from "../kv/admins.ts";
import { openStore } from "../kv/store.ts";

/** `deno task admin <username>`: makes the administrator, or promotes the one who has that name. */
if (import.meta.main) Deno.exit(await run(Deno.args[0] ?? ""));

async function run(name: string): Promise<number> {
  if (!username.safeParse(name).success) {
    console.error("Use: deno task admin <username>   (4 to 20 letters, digits or underscores)");
    return 2;
  }
  const fromFile = readDotEnv();
  const read = (key: string) => Deno.env.get(key) || fromFile[key];
  // The environment wants both or neither of these; here the name was said.
  const get = (key: string) => key === "ADMIN_USERNAME" ? read("ADMIN_PASSWORD") && name : read(key);
  try {
    console.log(`${name}: ${await make(name, readEnv(get))} an administrator.`);
    return 0;
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    return 1;
  }
}

async function make(name: string, { kvPath, admin }: Settings): Promise<string> {
  if (kvPath && !/^:memory:$|:\/\//.test(kvPath)) await Deno.mkdir(dirname(kvPath), { recursive: true });
  const store = await openStore(kvPath);
  const passwords = openPasswords({ cost: 12 });
  try {
    const done = await makeAdmin({ store, passwords, now: Date.now }, name, () => askPassword(admin?.password));
    return { created: "made", promoted: "promoted to", kept: "was already" }[done];
  } finally {
    passwords.close();
    store.close();
  }
}

/** From ADMIN_PASSWORD, the terminal (nothing is shown), or the first line that is piped in. */
async function askPassword(given?: string): Promise<string> {
  const read = password.safeParse(given ?? await (Deno.stdin.isTerminal() ? typed() : piped()));
  if (!read.success) throw new Error(explainField(wordsIn("en"), read.error.issues[0].message));
  return read.data;
}

async function typed(): Promise<string> {
  console.log("Password (it is not shown):");
  Deno.stdin.setRaw(true);
  try {
    let line = "";
    const decoder = new TextDecoder();
    for await (const bytes of Deno.stdin.readable) {
      for (const key of decoder.decode(bytes, { stream: true })) {
        if (key === "\r" || key === "\n") return line;
        if (key === "\u0003" || key === "\u0004") throw new Error("Nothing was changed.");
        line = key === "\u007f" ? [...line].slice(0, -1).join("") : line + key;
      }
    }
    return line;
  } finally {
    Deno.stdin.setRaw(false);
  }
}

async function piped(): Promise<string> {
  return (await new Response(Deno.stdin.readable).text()).split(/\r?\n/)[0];
}

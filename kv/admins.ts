import { Problem } from "../domain/problems.ts";
import type { Store } from "./store.ts";
import { createUser, findByName, setRole } from "./users.ts";

type Parts = {
  store: Store;
  passwords: {
    hash(password: string): Promise<string>;
    matches(password: string, hash: string | null): Promise<boolean>;
  };
  now: () => number;
};
type Wanted = { username: string; password: string };

/**
 * The administrator of ADMIN_USERNAME and ADMIN_PASSWORD, at each start. Somebody who took that name first is promoted
 * only if the password is theirs too (`refused` otherwise): else whoever signs up fastest would own the place.
 */
export async function ensureAdmin(parts: Parts, wanted: Wanted): Promise<"created" | "promoted" | "kept" | "refused"> {
  const { store, passwords } = parts;
  const there = await findByName(store, wanted.username);
  if (there === null) return await createAdmin(parts, wanted) ? "created" : await ensureAdmin(parts, wanted);
  if (there.role === "admin") return "kept";
  if (!await passwords.matches(wanted.password, there.passwordHash ?? null)) return "refused";
  await setRole(store, there.id, "admin");
  return "promoted";
}

/** For the one at the machine, who may promote anybody. `ask` is called for a password only when nobody has the name. */
export async function makeAdmin(
  parts: Parts,
  username: string,
  ask: () => Promise<string>,
): Promise<"created" | "promoted" | "kept"> {
  const there = await findByName(parts.store, username);
  if (there === null) {
    const made = await createAdmin(parts, { username, password: await ask() });
    return made ? "created" : await makeAdmin(parts, username, ask);
  }
  if (there.role === "admin") return "kept";
  await setRole(parts.store, there.id, "admin");
  return "promoted";
}

/** `false` when another isolate was first. */
async function createAdmin({ store, passwords, now }: Parts, { username, password }: Wanted): Promise<boolean> {
  const passwordHash = await passwords.hash(password);
  try {
    await createUser(store, { username, nickname: username, passwordHash, role: "admin" }, now());
    return true;
  } catch (error) {
    if (error instanceof Problem && error.code === "username_taken") return false;
    throw error;
  }
}

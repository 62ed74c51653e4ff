import type { z } from "zod";
import type { passwordChange } from "../domain/account.ts";
import type { Who } from "../domain/person.ts";
import { Problem } from "../domain/problems.ts";
import { findUser, setPassword } from "../kv/users.ts";
import type { Parts } from "./context.ts";
import { counted } from "./door.ts";

/** Sets the password and ends all other logins. Problems `invalid` (the current one is wrong), `too_many`, `busy`. */
export async function changePassword(
  parts: Parts,
  who: Who,
  { current, next }: z.output<typeof passwordChange>,
): Promise<void> {
  const { store, passwords, identity } = parts;
  await provePassword(parts, who, current, "current");
  await setPassword(store, who.id, await passwords.hash(next));
  await identity.endOthers(who.id, who.session);
}

/** Is it really them? Problem `invalid` at `field` when not; only wrong tries count. Problems `too_many`, `busy`. */
export async function provePassword(parts: Parts, who: Who, password: string, field: string): Promise<void> {
  const counts = (error: unknown) => error instanceof Problem && error.code === "invalid";
  await counted(parts, [["passwordByPerson", who.id]], counts, async () => {
    const user = await findUser(parts.store, who.id);
    const right = await parts.passwords.matches(password, user?.passwordHash ?? null);
    if (!right) throw new Problem("invalid", { fields: { [field]: "password_wrong" } });
  });
}

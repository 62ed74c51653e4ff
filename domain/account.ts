import { z } from "zod";
import { password } from "./person.ts";

/** A mail address as we send to it: one, plain, no line breaks, at most 254 characters. */
export const address = z.email("email").max(254, "email");
const known = z.string().min(1).max(1_000);
const token = z.string().max(200);

/** Who has no password yet sends no current one: they must have been seen again. */
export const passwordChange = z.object({ current: known.optional(), next: password });
/** Who forgot the password: a username or a mail address. */
export const forgotten = z.object({ who: z.string().trim().min(1).max(254) });
export const reset = z.object({ token, password });
export const addressChange = z.object({ email: address, password: known.optional() });
export const tokenSent = z.object({ token });

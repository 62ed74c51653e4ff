import { timingSafeEqual } from "node:crypto";
import { jwtVerify, SignJWT } from "jose";
import { z } from "zod";
import { limits } from "../domain/limits.ts";
import { roles, type Who } from "../domain/person.ts";

/** The two kinds of token have a key each, so that neither can pass for the other. */
export type TokenKeys = { access: CryptoKey; refresh: CryptoKey };

/** One login (`session`, the token family) and the number of its refresh token. */
export type Refresh = { session: string; generation: number };

const life = limits.accessToken / 1000;
const pinned = { alg: "HS256", typ: "at+jwt" };
const issuer = "junglebuzz";

/** Three parts, the last 32 bytes in their one spelling: base64url would let 4 spellings of the last letter pass. */
const shape = /^[\w-]{1,200}\.[\w-]{1,2000}\.[\w-]{42}[AEIMQUYcgkosw048]$/;
const claims = z.object({
  iss: z.literal(issuer),
  aud: z.literal(issuer),
  sub: z.string().min(1),
  sid: z.string().min(1),
  nick: z.string(),
  role: z.enum(roles),
  iat: z.number().int(),
  exp: z.number().int(),
}).refine(({ iat, exp }) => exp - iat === life);

/** `secret` is 32 bytes. */
export async function tokenKeys(secret: Uint8Array<ArrayBuffer>): Promise<TokenKeys> {
  const root = await crypto.subtle.importKey("raw", secret, "HKDF", false, ["deriveKey"]);
  const derive = (info: string) =>
    crypto.subtle.deriveKey(
      { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info: new TextEncoder().encode(info) },
      root,
      { name: "HMAC", hash: "SHA-256", length: 256 },
      false,
      ["sign", "verify"],
    );
  return { access: await derive("access"), refresh: await derive("refresh") };
}

/** A JWT that is good for 15 minutes from `now`, epoch milliseconds. */
export function writeAccess(keys: TokenKeys, who: Who, now: number): Promise<string> {
  const at = Math.floor(now / 1000);
  return new SignJWT({ sid: who.session, nick: who.nickname, role: who.role })
    .setProtectedHeader(pinned).setSubject(who.id).setIssuer(issuer).setAudience(issuer)
    .setIssuedAt(at).setExpirationTime(at + life).sign(keys.access);
}

/** `null` for whatever is not a token of ours that is good now. Reads no store. */
export async function readAccess(keys: TokenKeys, token: string, now: number): Promise<Who | null> {
  if (!shape.test(token)) return null;
  const rules = { algorithms: [pinned.alg], typ: pinned.typ, currentDate: new Date(now) };
  const read = await jwtVerify(token, keys.access, rules).catch(() => null);
  const said = claims.safeParse(read?.payload).data;
  // Isolates' clocks differ a little; a token from further ahead is not one of theirs.
  return said && said.iat * 1000 <= now + 60_000
    ? { id: said.sub, nickname: said.nick, role: said.role, session: said.sid }
    : null;
}

/** Derived, not stored: whoever holds the key can make the token of any generation again. */
export async function writeRefresh(keys: TokenKeys, { session, generation }: Refresh): Promise<string> {
  const said = `${session}.${generation}`;
  const mac = await crypto.subtle.sign("HMAC", keys.refresh, new TextEncoder().encode(said));
  return `${said}.${new Uint8Array(mac).toBase64({ alphabet: "base64url", omitPadding: true })}`;
}

/** `null` when we never made this token. Whether it is still good is the session's to say. */
export async function readRefresh(keys: TokenKeys, token: string): Promise<Refresh | null> {
  const parts = /^(\w{1,40})\.([1-9]\d{0,9})\.[\w-]{43}$/.exec(token);
  if (!parts) return null;
  const read = { session: parts[1], generation: Number(parts[2]) };
  const bytes = (text: string) => new TextEncoder().encode(text);
  return timingSafeEqual(bytes(await writeRefresh(keys, read)), bytes(token)) ? read : null;
}

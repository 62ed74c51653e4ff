import { timingSafeEqual } from "node:crypto";

/** Words that only who knows the secret can make, for each purpose others. 256 bits, fit for an address. */
export type Signer = {
  sign(purpose: string, said: string): Promise<string>;
  /** In a time that does not depend on the word. */
  verify(purpose: string, said: string, word: string): Promise<boolean>;
};

export async function openSigner(secret: Uint8Array<ArrayBuffer>): Promise<Signer> {
  const key = await crypto.subtle.importKey("raw", secret, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  const bytes = (text: string) => new TextEncoder().encode(text);

  async function sign(purpose: string, said: string): Promise<string> {
    const mac = await crypto.subtle.sign("HMAC", key, bytes(JSON.stringify([purpose, said])));
    return new Uint8Array(mac).toBase64({ alphabet: "base64url", omitPadding: true });
  }

  async function verify(purpose: string, said: string, word: string): Promise<boolean> {
    const right = bytes(await sign(purpose, said)), given = bytes(word);
    return right.length === given.length && timingSafeEqual(right, given);
  }

  return { sign, verify };
}

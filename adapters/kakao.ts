import { createRemoteJWKSet, customFetch, jwtVerify } from "jose";
import { z } from "zod";
import { Problem } from "../domain/problems.ts";
import type { Client, Service } from "./oauth.ts";
import { askProvider, expected } from "./provider_answer.ts";

/** Kakao with OpenID Connect switched on: the id token says who it is, the API what may be known of them. */
export function kakao({ clientId, issuer }: Client): Service {
  const home = issuer?.replace(/\/$/, "") ?? "https://kauth.kakao.com";
  const api = issuer ? home : "https://kapi.kakao.com";
  const keys = createRemoteJWKSet(new URL(`${home}/.well-known/jwks.json`), {
    [customFetch]: async (url) => Response.json(await askProvider(url, {})),
  });

  /** The id token's subject, when it is Kakao's word, for us, of now, and of this way. */
  async function subjectOf(idToken: string, nonce: string): Promise<string> {
    const rules = { issuer: home, audience: clientId, algorithms: ["RS256"], requiredClaims: ["exp", "sub"] };
    const { payload } = await jwtVerify(idToken, keys, rules).catch((cause) => {
      throw cause instanceof Problem ? cause : Object.assign(new Problem("login_refused"), { cause });
    });
    const { sub, aud, nonce: said } = expected(claims, payload);
    if (aud !== clientId || said !== nonce) throw new Problem("login_refused");
    return sub;
  }

  return {
    authorize: `${home}/oauth/authorize`,
    token: `${home}/oauth/token`,
    scopes: [], // what the app's own consent page asks for
    extra: ({ nonce }, again) => [["nonce", nonce], ...(again ? [["prompt", "login"] satisfies [string, string]] : [])],
    servers: [home, api],
    async account({ access_token, id_token = "" }, nonce) {
      const subject = await subjectOf(id_token, nonce);
      const headers = { Authorization: `Bearer ${access_token}` };
      const { id, kakao_account: known = {} } = expected(me, await askProvider(`${api}/v2/user/me`, { headers }));
      if (String(id) !== subject) throw new Problem("login_refused");
      const isTheirs = known.is_email_valid === true && known.is_email_verified === true;
      return { subject, name: known.profile?.nickname, email: isTheirs ? known.email : undefined };
    },
  };
}

const claims = z.object({ sub: z.string().min(1).max(100), aud: z.string(), nonce: z.string() });
const me = z.object({
  id: z.number().int().positive(),
  kakao_account: z.object({
    email: z.email().max(254).optional(),
    is_email_valid: z.boolean().optional(),
    is_email_verified: z.boolean().optional(),
    profile: z.object({ nickname: z.string().max(100).optional() }).optional(),
  }).optional(),
});

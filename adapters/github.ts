import { z } from "zod";
import type { Client, Service } from "./oauth.ts";
import { askProvider, expected } from "./provider_answer.ts";

/** GitHub, or a GitHub Enterprise server at `issuer`. OAuth alone, without OpenID: who it is, its API says. */
export function github({ issuer }: Client): Service {
  const home = issuer?.replace(/\/$/, "") ?? "https://github.com";
  const api = issuer ? `${home}/api/v3` : "https://api.github.com";
  return {
    authorize: `${home}/login/oauth/authorize`,
    token: `${home}/login/oauth/access_token`,
    scopes: ["user:email"],
    extra: (_secrets, again) => again ? [["prompt", "select_account"]] : [],
    servers: [home, api],
    async account({ access_token }) {
      const headers = { Authorization: `Bearer ${access_token}` };
      const { id, login } = expected(user, await askProvider(`${api}/user`, { headers }));
      const addresses = expected(emails, await askProvider(`${api}/user/emails`, { headers }));
      const email = addresses.find(({ primary, verified }) => primary && verified)?.email;
      return { subject: String(id), name: login, email };
    },
  };
}

const user = z.object({ id: z.number().int().positive(), login: z.string().min(1).max(100) });
const emails = z.array(z.object({ email: z.email().max(254), primary: z.boolean(), verified: z.boolean() }));

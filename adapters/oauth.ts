import { CodeChallengeMethod, OAuth2Client } from "arctic";
import { z } from "zod";
import { Problem } from "../domain/problems.ts";
import { type Account, type Provider, providers } from "../domain/provider.ts";
import type { Settings } from "./env.ts";
import { github } from "./github.ts";
import { kakao } from "./kakao.ts";
import { askProvider, expected } from "./provider_answer.ts";

/** The secrets of one way to a provider and back. */
export type Secrets = { state: string; verifier: string; nonce: string };

/** Logging in through others: only with those whose client id is set. */
export type OAuth = {
  offered: readonly Provider[];
  /** Where the browser goes. With `again` the provider is to ask who it is, even of somebody it knows, where it can. */
  address(provider: Provider, secrets: Secrets, options?: { again?: boolean }): URL;
  /** Who came back with a code. Problems `login_refused`, `provider_down`; `not_found` when not offered. */
  account(provider: Provider, code: string, secrets: Pick<Secrets, "verifier" | "nonce">): Promise<Account>;
};

/** What is different between providers. */
export type Service = {
  authorize: string;
  token: string;
  scopes: string[];
  /** What else the address says. */
  extra(secrets: Secrets, again: boolean): [name: string, value: string][];
  account(tokens: Tokens, nonce: string): Promise<Account>;
  /** The origins that the app itself asks. */
  servers: string[];
};
export type Tokens = z.infer<typeof tokens>;
export type Client = { clientId: string; clientSecret?: string; issuer?: string };

const services: Record<Provider, (client: Client) => Service> = { kakao, github };

export function openOAuth(env: Pick<Settings, Provider | "publicUrl" | "port">): OAuth {
  const open = new Map<Provider, Client & Service>();
  for (const provider of providers) {
    const client = env[provider];
    if (client) open.set(provider, { ...client, ...services[provider](client) });
  }

  function offered(provider: Provider): Client & Service {
    const found = open.get(provider);
    if (!found) throw new Problem("not_found");
    return found;
  }

  /** Exactly what is registered with the provider; never from the request's own host. */
  const redirect = (provider: Provider) =>
    `${env.publicUrl ?? `http://localhost:${env.port}`}/login/${provider}/callback`;

  return {
    offered: [...open.keys()],
    address(provider, secrets, { again = false } = {}) {
      const { clientId, authorize, scopes, extra } = offered(provider);
      const client = new OAuth2Client(clientId, null, redirect(provider));
      const { state, verifier } = secrets, { S256 } = CodeChallengeMethod;
      const url = client.createAuthorizationURLWithPKCE(authorize, state, S256, verifier, scopes);
      for (const [name, value] of extra(secrets, again)) url.searchParams.set(name, value);
      return url;
    },
    async account(provider, code, { verifier, nonce }) {
      const { clientId, clientSecret, token, account } = offered(provider);
      const body = new URLSearchParams({
        grant_type: "authorization_code",
        code,
        redirect_uri: redirect(provider),
        code_verifier: verifier,
        client_id: clientId,
        ...(clientSecret ? { client_secret: clientSecret } : {}),
      });
      return await account(expected(tokens, await askProvider(token, { method: "POST", body })), nonce);
    },
  };
}

/** The servers that will be asked, for the app's permissions. */
export const oauthServers = (env: Pick<Settings, Provider>): URL[] =>
  providers.flatMap((provider) => {
    const client = env[provider];
    return client ? services[provider](client).servers.map((origin) => new URL(origin)) : [];
  });

/** GitHub says its errors with status 200: they are what has no token. */
const tokens = z.object({ access_token: z.string().min(1).max(10_000), id_token: z.string().max(10_000).optional() });

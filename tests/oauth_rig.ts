import { type MutableResponse, OAuth2Server } from "oauth2-mock-server";
import type { Provider } from "../domain/provider.ts";
import { openRig } from "./rig.ts";

/** What the provider knows of the person who is at it. */
export type Known = { id: number; name: string; email?: string; verified?: boolean };

/** One npm oauth2-mock-server with GitHub's and Kakao's own addresses; `known` is who comes, and may change. */
export async function openProvider(known: Known) {
  const endpoints = {
    github: {
      authorize: "/login/oauth/authorize",
      token: "/login/oauth/access_token",
      userinfo: "/api/v3/user",
    },
    kakao: {
      authorize: "/oauth/authorize",
      token: "/oauth/token",
      userinfo: "/v2/user/me",
      jwks: "/.well-known/jwks.json",
    },
  };
  const person = { ...known };
  const open = async (provider: Provider) => {
    const server = new OAuth2Server(undefined, undefined, { endpoints: endpoints[provider] });
    await server.issuer.keys.generate("RS256");
    await server.start(0, "127.0.0.1");
    server.issuer.url = `http://127.0.0.1:${server.address().port}`;
    return server;
  };
  const [github, kakao] = [await open("github"), await open("kakao")];
  github.service.on("beforeUserinfo", (answer: MutableResponse) => {
    answer.body = { id: person.id, login: person.name };
  });
  github.service.addRoute("GET", "/api/v3/user/emails", (_request, response) => {
    const { email, verified = true } = person;
    const list = email
      ? [{ email: "other@example.org", primary: false, verified: true }, { email, primary: true, verified }]
      : [];
    response.setHeader("Content-Type", "application/json");
    response.end(JSON.stringify(list));
  });
  kakao.service.on("beforeTokenSigning", (token) => {
    token.payload.sub = String(person.id);
  });
  kakao.service.on("beforeUserinfo", (answer: MutableResponse) => {
    const { id, name, email, verified = true } = person;
    const about = { profile: { nickname: name }, email, is_email_valid: true, is_email_verified: verified };
    answer.body = { id, kakao_account: about };
  });
  return {
    person,
    github,
    kakao,
    [Symbol.asyncDispose]: async () => {
      for (const server of [github, kakao]) if (server.listening) await server.stop();
    },
  };
}

/** The app with both providers, on the address that they send people back to. */
export async function openOAuthRig(
  known: Known = { id: 4711, name: "mango" },
  options: Parameters<typeof openRig>[0] = {},
) {
  const provider = await openProvider(known);
  const client = (name: Provider) => ({
    clientId: `${name}-app`,
    clientSecret: "s3cret",
    issuer: provider[name].issuer.url,
  });
  const env = { kakao: client("kakao"), github: client("github"), ...options.env };
  const rig = await openRig({ ...options, env });
  rig.parts.env.publicUrl ??= rig.base;

  return {
    ...rig,
    provider,
    browser: (jar: Record<string, string> = {}) => openBrowser(rig.base, jar),
    async [Symbol.asyncDispose]() {
      await rig[Symbol.asyncDispose]();
      await provider[Symbol.asyncDispose]();
    },
  };
}

export type Answer = { status: number; location: string; text: string; code?: string };
export type Browser = ReturnType<typeof openBrowser>;

/** What a browser does without scripts: keeps cookies, and goes where it is sent, one step at a time. */
export function openBrowser(base: string, jar: Record<string, string> = {}) {
  async function go(
    path: string,
    { form, headers = {} }: { form?: Record<string, string>; headers?: HeadersInit } = {},
  ) {
    const url = new URL(path, base), isOurs = url.origin === base;
    const cookie = Object.entries(jar).map(([name, value]) => `${name}=${value}`).join("; ");
    const answer = await fetch(url, {
      method: form ? "POST" : "GET",
      body: form && new URLSearchParams(form),
      redirect: "manual",
      headers: { ...(isOurs && cookie ? { cookie } : {}), ...(isOurs ? { accept: "text/html" } : {}), ...headers },
    });
    const text = await answer.text();
    if (isOurs) {
      for (const set of answer.headers.getSetCookie()) {
        const [name, value] = set.split(";")[0].split("=");
        if (value) jar[name] = value;
        else delete jar[name];
      }
    }
    const location = answer.headers.get("location") ?? "";
    const code = answer.headers.get("content-type")?.includes("problem+json") ? JSON.parse(text).code : undefined;
    return { status: answer.status, location, text, code } satisfies Answer;
  }

  return {
    jar,
    go,
    /** To the provider; the address that it sends the browser back to. */
    async through(provider: Provider, query = ""): Promise<string> {
      const there = await go(`/login/${provider}${query}`);
      return (await go(there.location)).location;
    },
    /** Through the provider and back: the answer of our callback. */
    async enter(provider: Provider, query = ""): Promise<Answer> {
      return await go(await this.through(provider, query));
    },
    /** A new person by this provider. */
    async join(provider: Provider, nickname: string): Promise<Answer> {
      await this.enter(provider);
      return await go("/login/new", { form: { nickname } });
    },
    async me(): Promise<{ status: number; json: Record<string, unknown> }> {
      const { status, text } = await go("/api/profile");
      return { status, json: JSON.parse(text) };
    },
  };
}

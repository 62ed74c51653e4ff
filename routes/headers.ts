import type { MiddlewareHandler } from "hono";
import { cors } from "hono/cors";
import { NONCE, secureHeaders } from "hono/secure-headers";
import type { Settings } from "../adapters/env.ts";
import type { AppEnv } from "./context.ts";

/** Scripts only of our own files, styles too, no frames, no foreign forms; text never becomes markup. */
export function shield({ publicUrl }: Pick<Settings, "publicUrl">): MiddlewareHandler<AppEnv> {
  const secure = publicUrl?.startsWith("https:") ?? false;
  const socket = publicUrl ? [publicUrl.replace(/^http/, "ws")] : [];
  const headersFor = (...more: string[]) =>
    secureHeaders({
      contentSecurityPolicy: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'", NONCE, ...more],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", "data:"],
        connectSrc: ["'self'", ...socket],
        objectSrc: ["'none'"],
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        requireTrustedTypesFor: ["'script'"],
      },
      permissionsPolicy: { camera: [], microphone: ["self"], geolocation: [], payment: [], usb: [] },
      strictTransportSecurity: secure ? "max-age=31536000" : false,
      referrerPolicy: "same-origin",
      xFrameOptions: "DENY",
    });
  const headers = headersFor();
  const harper = headersFor("'wasm-unsafe-eval'");
  return async (c, next) => {
    if (c.req.header("Upgrade")) return await next(); // an upgrade's answer is not ours to touch
    return await (harperWorker.test(c.req.path) ? harper : headers)(c, async () => {
      await next();
      if (c.res.headers.has("Cache-Control")) return;
      c.res.headers.set("Cache-Control", c.req.path.startsWith("/api/") ? "no-store" : "private, no-cache");
    });
  };
}

/** The one script that may compile WebAssembly; no page may. */
const harperWorker = /^\/static\/build\/harper\.worker\.\w+\.js$/;

/** Lets the pages of CORS_ORIGINS read our answers; nobody else's. */
export function openTo({ corsOrigins }: Pick<Settings, "corsOrigins">): MiddlewareHandler<AppEnv> {
  const answer = cors({
    origin: corsOrigins,
    credentials: true,
    allowMethods: ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"],
    allowHeaders: ["Authorization", "Content-Type"],
    exposeHeaders: ["X-Request-Id", "Retry-After"],
    maxAge: 3600,
  });
  return (c, next) => corsOrigins.length && !c.req.header("Upgrade") ? answer(c, next) : next();
}

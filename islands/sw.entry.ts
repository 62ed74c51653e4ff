/** The page's worker: files that never change from its cache, a page for when there is no connection, and pushes. */

/** What of a service worker is used here: the types of pages and of workers do not go together. */
type Waited = Event & { waitUntil(work: Promise<unknown>): void };
type Fetched = Waited & {
  request: Request;
  preloadResponse: Promise<Response | undefined>;
  respondWith(answer: Promise<Response>): void;
};
type Pushed = Waited & { data: { json(): Told } | null };
type Clicked = Waited & { notification: Notification };
type Told = { title: string; body: string; url: string; tag: string };
type Tab = { url: string; focus(): Promise<unknown>; navigate(url: string): Promise<unknown> };
type Worker = {
  addEventListener(type: "install" | "activate", hear: (event: Waited) => void): void;
  addEventListener(type: "fetch", hear: (event: Fetched) => void): void;
  addEventListener(type: "push", hear: (event: Pushed) => void): void;
  addEventListener(type: "notificationclick", hear: (event: Clicked) => void): void;
  addEventListener(type: "message", hear: (event: MessageEvent) => void): void;
  skipWaiting(): Promise<void>;
  clients: {
    claim(): Promise<void>;
    matchAll(options: { type: "window"; includeUncontrolled: boolean }): Promise<Tab[]>;
    openWindow(url: string): Promise<unknown>;
  };
  registration: {
    navigationPreload?: { enable(): Promise<void> };
    showNotification(title: string, options: NotificationOptions & { data: string }): Promise<void>;
  };
  /** Written before this by `routes/worker.ts`: it changes when any file of the pages does. */
  kept: { version: string; files: string[] };
};
const worker = self as unknown as Worker;
const { version, files } = worker.kept;

worker.addEventListener("install", (event) => {
  event.waitUntil(caches.open(version).then((cache) => cache.addAll(files)));
});

worker.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) if (name !== version) await caches.delete(name);
    await worker.registration.navigationPreload?.enable();
    await worker.clients.claim();
  })());
});

worker.addEventListener("fetch", (event) => {
  const { request } = event, { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (request.mode === "navigate") event.respondWith(page(event));
  else if (pathname.startsWith("/static/build/")) event.respondWith(file(request));
});

/** From the network, as ever; without one, the page that says so. */
async function page({ request, preloadResponse }: Fetched): Promise<Response> {
  try {
    return await preloadResponse ?? await fetch(request);
  } catch {
    return await caches.match("/offline") ?? Response.error();
  }
}

/** What is named by its content never changes. */
async function file(request: Request): Promise<Response> {
  const known = await caches.match(request);
  if (known) return known;
  const answer = await fetch(request);
  if (answer.ok) (await caches.open(version)).put(request, answer.clone()).catch(() => {});
  return answer;
}

worker.addEventListener("push", (event) => {
  const told = event.data?.json();
  if (!told) return;
  const { title, body, tag, url } = told;
  event.waitUntil(worker.registration.showNotification(title, { body, tag, data: url, icon: "/static/favicon.svg" }));
});

/** The page that is open already comes to the front. */
worker.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const url = new URL(event.notification.data, location.origin).href;
  event.waitUntil((async () => {
    const tabs = await worker.clients.matchAll({ type: "window", includeUncontrolled: false });
    const open = tabs.find((tab) => tab.url === url) ?? tabs[0];
    if (!open) return await worker.clients.openWindow(url);
    if (open.url !== url) await open.navigate(url);
    await open.focus();
  })());
});

worker.addEventListener("message", ({ data }) => data === "go" && void worker.skipWaiting());

/** On every page: the worker behind it, and the word that a new version is there. */
import { workerUrl } from "./worker_url.ts";

const told = document.getElementById("fresh");

if ("serviceWorker" in navigator) {
  addEventListener("load", () => void register().catch(() => {}));
}

async function register(): Promise<void> {
  const registration = await navigator.serviceWorker.register(workerUrl() as string);
  const look = (worker: ServiceWorker | null) => {
    // Without a controller it is the first visit: nothing here is old.
    const ready = () => worker?.state === "installed" && navigator.serviceWorker.controller && offer(worker);
    worker?.addEventListener("statechange", ready);
    ready();
  };
  look(registration.waiting);
  registration.addEventListener("updatefound", () => look(registration.installing));
  // A page that stays open for days asks when one comes back to it.
  document.addEventListener("visibilitychange", () => document.hidden || void registration.update().catch(() => {}));
}

function offer(worker: ServiceWorker): void {
  if (!told) return;
  told.hidden = false;
  told.querySelector("button")!.addEventListener("click", () => {
    navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
    worker.postMessage("go");
  }, { once: true });
}

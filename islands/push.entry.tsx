import { render } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Words } from "../domain/words/words.ts";

const { key, words } = JSON.parse(document.getElementById("push")!.textContent!) as {
  key: string;
  words: Words["notifications"];
};

(document.getElementById("zone") as HTMLInputElement).value = Intl.DateTimeFormat().resolvedOptions().timeZone;
render(<Device />, document.getElementById("device")!);

type State = "asking" | "cannot" | "denied" | "off" | "on" | "failed";

/** Whether this browser is told, and the button that changes it. */
function Device() {
  const [state, set] = useState<State>("asking");
  useEffect(() => void look().then(set), []);
  const act = (work: () => Promise<State>) => () => {
    set("asking");
    work().catch(() => "failed" as const).then(set);
  };
  if (state === "cannot") return <p class="notice warn">{words.cannot}</p>;
  if (state === "on") {
    return (
      <>
        <p class="notice">{words.deviceOn}</p>
        <button type="button" class="btn" onClick={act(turnOff)}>{words.turnOff}</button>
      </>
    );
  }
  return (
    <>
      {state === "denied" && <p class="notice warn">{words.denied}</p>}
      {state === "failed" && <p class="notice bad">{words.failed}</p>}
      <button type="button" class="btn main" disabled={state === "asking"} onClick={act(turnOn)}>{words.device}</button>
    </>
  );
}

async function look(): Promise<State> {
  if (!("serviceWorker" in navigator) || !("PushManager" in globalThis)) return "cannot";
  if (Notification.permission === "denied") return "denied";
  const { pushManager } = await navigator.serviceWorker.ready;
  const known = await pushManager.getSubscription();
  // A browser's address changes now and then: the server hears of it here.
  return known && await tell("PUT", known.toJSON()) ? "on" : "off";
}

async function turnOn(): Promise<State> {
  if (await Notification.requestPermission() !== "granted") return "denied";
  const { pushManager } = await navigator.serviceWorker.ready;
  const subscription = await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
  if (await tell("PUT", subscription.toJSON())) return "on";
  await subscription.unsubscribe();
  return "failed";
}

async function turnOff(): Promise<State> {
  const { pushManager } = await navigator.serviceWorker.ready;
  const subscription = await pushManager.getSubscription();
  if (!subscription) return "off";
  await tell("DELETE", { endpoint: subscription.endpoint });
  await subscription.unsubscribe();
  return "off";
}

async function tell(method: "PUT" | "DELETE", body: unknown): Promise<boolean> {
  const headers = { "Content-Type": "application/json" };
  const answer = await fetch("/api/notifications/devices", { method, headers, body: JSON.stringify(body) });
  return answer.ok;
}

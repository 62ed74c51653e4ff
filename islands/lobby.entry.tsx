import { hydrate } from "preact";
import type { ServerFrame } from "../domain/wire.ts";
import { browserShelf, visitorOf } from "./chat/outbox.ts";
import { openLine, socketUrl } from "./chat/socket.ts";
import { Sprite } from "./icon.tsx";
import { Rooms, type RoomsProps } from "./live/rooms.tsx";

const { sprite, ...props } = JSON.parse(document.getElementById("lobby")!.textContent!) as
  & RoomsProps
  & { sprite: string };
let hearRooms = (_: ServerFrame): void => {};

hydrate(
  <Sprite.Provider value={sprite}>
    <Rooms {...props} follow={(hear) => hearRooms = hear} />
  </Sprite.Provider>,
  document.getElementById("rooms")!,
);

const line = openLine({
  url: socketUrl(visitorOf(browserShelf())),
  hello: () => [{ type: "lobby" }],
  hear: (frame) => hearRooms(frame),
  lost() {},
  away() {},
  ended: async () => void await fetch("/api/token/refresh", { method: "POST" }).catch(() => null),
});
for (const name of ["online", "pageshow"]) addEventListener(name, line.wake);
document.addEventListener("visibilitychange", () => document.hidden || line.wake());

import { createRef, hydrate } from "preact";
import { browserShelf, visitorOf } from "./chat/outbox.ts";
import { openLine, socketUrl } from "./chat/socket.ts";
import { Sprite } from "./icon.tsx";
import { Rooms, type RoomsProps } from "./live/rooms.tsx";

const { sprite, ...props } = JSON.parse(document.getElementById("lobby")!.textContent!) as
  & RoomsProps
  & { sprite: string };
const rooms = createRef<Rooms>();

hydrate(
  <Sprite.Provider value={sprite}>
    <Rooms {...props} ref={rooms} />
  </Sprite.Provider>,
  document.getElementById("rooms")!,
);

const line = openLine({
  url: socketUrl(visitorOf(browserShelf())),
  hello: () => [{ type: "lobby" }],
  hear: (frame) => rooms.current?.hear(frame),
  lost() {},
  ended: async () => void await fetch("/api/token/refresh", { method: "POST" }).catch(() => null),
});
for (const name of ["online", "pageshow"]) addEventListener(name, line.wake);
document.addEventListener("visibilitychange", () => document.hidden || line.wake());

import { hydrate } from "preact";
import { Sprite } from "./icon.tsx";
import { Rooms, type RoomsProps } from "./live/rooms.tsx";

const { sprite, ...props } = JSON.parse(document.getElementById("lobby")!.textContent!) as
  & RoomsProps
  & { sprite: string };

hydrate(
  <Sprite.Provider value={sprite}>
    <Rooms {...props} />
  </Sprite.Provider>,
  document.getElementById("rooms")!,
);

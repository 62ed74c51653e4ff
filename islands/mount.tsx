import { hydrate, type VNode } from "preact";
import { Sprite } from "./icon.tsx";

/** Takes over what the server has drawn under an id; `sprite` is the address of the icons. */
export const mountWith = (sprite: string) => (id: string, part: VNode): void =>
  hydrate(<Sprite.Provider value={sprite}>{part}</Sprite.Provider>, document.getElementById(id)!);

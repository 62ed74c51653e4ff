import { createContext } from "preact";
import { useContext } from "preact/hooks";

/** The address of `icons.svg`, which holds every sign as a symbol. */
export const Sprite = createContext("");

/** A sign beside words; it says nothing by itself. */
export function Icon({ name }: { name: string }) {
  return (
    <svg class="i" aria-hidden="true">
      <use href={`${useContext(Sprite)}#i-${name}`} />
    </svg>
  );
}

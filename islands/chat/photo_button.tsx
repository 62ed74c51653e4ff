import { Icon } from "../icon.tsx";
import type { Hands } from "./hands.ts";

/** Chooses a picture and sends it. */
export function PhotoButton({ label, hands }: { label: string; hands: Hands }) {
  const chosen = (input: HTMLInputElement) => {
    const file = input.files?.[0];
    if (file) hands.photo(file);
    input.value = "";
  };
  return (
    <label class="ico pick">
      <Icon name="photo" />
      <span class="vh">{label}</span>
      <input
        type="file"
        class="vh"
        accept="image/jpeg,image/png,image/webp"
        onChange={(event) => chosen(event.currentTarget)}
      />
    </label>
  );
}

/** Makes a chosen photo smaller before it is sent; without scripts it goes as it is. */
import { shrink } from "./photo.ts";

const input = document.querySelector<HTMLInputElement>("#photo input[type=file]");
input?.addEventListener("change", async () => {
  const file = input.files?.[0];
  const small = file && await shrink(file, 800);
  if (!small) return;
  const chosen = new DataTransfer();
  chosen.items.add(small);
  input.files = chosen.files;
});

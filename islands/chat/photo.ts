import { shrink } from "../photo.ts";
import { newId } from "./outbox.ts";

const SIDE = 1_280;

/** Sends a picture to a room; resolves with why not, "" when that is unknown, or `null` when it is there. */
export async function sendPhoto(room: string, file: File): Promise<string | null> {
  const body = await shrink(file, SIDE) ?? file;
  const path = `/api/rooms/${room}/photos?clientId=${newId(Date.now())}`;
  const answer = await fetch(path, { method: "POST", body }).catch(() => null);
  if (answer?.ok) return null;
  const said = await answer?.json().catch(() => null);
  return said?.detail ?? "";
}

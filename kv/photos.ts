import type { PhotoType, Stripped } from "../domain/photo/photo.ts";
import { Problem } from "../domain/problems.ts";
import { keys } from "./keys.ts";
import type { Store } from "./store.ts";

/** Whose photo it is, and of which room; without a room it is the person's own picture. */
export type PhotoOf = { owner: string; room?: string };
export type PhotoRecord = PhotoOf & { type: PhotoType; chunks: number };

/** A value holds 64 KiB; one atomic 800 KiB, which bounds a photo. Bytes. */
const CHUNK = 60_000;
export const MOST_BYTES = 12 * CHUNK;

/** Stores a stripped photo in one atomic and gives its id. Problem `too_large`. */
export async function keepPhoto(store: Store, of: PhotoOf, { type, bytes }: Stripped): Promise<string> {
  if (bytes.length > MOST_BYTES) throw new Problem("too_large");
  const id = crypto.getRandomValues(new Uint8Array(16)).toHex();
  const chunks = Math.ceil(bytes.length / CHUNK);
  await store.commit((atomic) => {
    atomic.set(keys.photo(id), { ...of, type, chunks });
    for (let n = 0; n < chunks; n++) atomic.set(keys.photoChunk(id, n), bytes.slice(n * CHUNK, (n + 1) * CHUNK));
  });
  return id;
}

export async function findPhoto(store: Store, id: string): Promise<PhotoRecord | null> {
  return (await store.get(keys.photo(id))).value;
}

/** Its bytes. Problem `not_found` when it is being taken away. */
export async function readPhoto(store: Store, id: string, { chunks }: PhotoRecord): Promise<Uint8Array<ArrayBuffer>[]> {
  const rows = await store.getMany(Array.from({ length: chunks }, (_, n) => keys.photoChunk(id, n)));
  return rows.map(({ value }) => {
    if (!value) throw new Problem("not_found");
    return value;
  });
}

/** Takes a photo away with whatever else the atomic does. */
export function dropPhoto(atomic: Deno.AtomicOperation, id: string): void {
  atomic.delete(keys.photo(id));
  for (let n = 0; n < MOST_BYTES / CHUNK; n++) atomic.delete(keys.photoChunk(id, n));
}

import { Problem } from "../domain/problems.ts";
import type { Practice, PracticeDraft } from "../domain/practice.ts";
import type { AiKind, Room } from "../domain/room.ts";
import { type Scene, type SceneDraft, titleOf } from "../domain/scene.ts";
import { type Key, keys } from "./keys.ts";
import type { Store } from "./store.ts";

/** What is kept of an AI room besides its log, by its kind. */
export type Kept = { roleplay: Scene; practice: Practice };
export type AiPage<K extends AiKind> = { items: Kept[K][]; next?: string };

const recordKey: { [K in AiKind]: (room: string) => Key<Kept[K]> } = { roleplay: keys.scene, practice: keys.practice };
/** How many rooms are looked through for one page of those with a tag. */
const LOOKED_THROUGH = 500;

export async function createScene(
  store: Store,
  owner: string,
  draft: SceneDraft & Pick<Scene, "level">,
  { review, moved, cast }: Pick<Scene, "review" | "moved" | "cast">,
  now: number,
): Promise<Scene> {
  const { others: _, ...plot } = draft;
  return await create(store, "roleplay", owner, {
    ...plot,
    id: freshId(),
    title: titleOf(draft),
    state: [],
    review,
    moved,
    ...(cast && { cast }),
    createdAt: now,
  });
}

/** `again`: the room of the attempt before, when an interview is done once more; `interview`: one that two had. */
export async function createPractice(
  store: Store,
  owner: string,
  draft: PracticeDraft & Pick<Practice, "level">,
  { review, moved, attempt = 1, again, id = freshId(), interview }:
    & Pick<Practice, "review" | "moved" | "again" | "interview">
    & Partial<Pick<Practice, "attempt" | "id">>,
  now: number,
): Promise<Practice> {
  return await create(store, "practice", owner, {
    ...draft,
    id,
    interview,
    title: draft.title || draft.topic,
    review,
    moved,
    attempt,
    again,
    hints: { word: 0, frame: 0, sentence: 0 },
    createdAt: now,
  });
}

async function create<K extends AiKind>(store: Store, kind: K, owner: string, record: Kept[K]): Promise<Kept[K]> {
  const { id, createdAt, offRecord } = record;
  const room: Room = { id, kind, owner, title: record.title || undefined, createdAt };
  const done = await store.commit((atomic) => {
    atomic.check({ key: keys.room(id), versionstamp: null }).set(keys.room(id), room);
    atomic.set(recordKey[kind](id), record).set(keys.ownAiRoom(owner, kind, createdAt, id), true);
    if (offRecord) atomic.set(keys.offRecord(id), createdAt);
  });
  if (done === null) throw new Problem("busy", { wait: 1 });
  return record;
}

/** Problem `not_found`: the room was found, and is gone by now. */
export async function readAiRoom<K extends AiKind>(store: Store, kind: K, room: string): Promise<Kept[K]> {
  const { value } = await store.get(recordKey[kind](room));
  if (!value) throw new Problem("not_found");
  return value;
}

/** `null` from `patch` changes nothing. Problem `not_found`, and whatever `patch` throws. */
export async function changeAiRoom<K extends AiKind>(
  store: Store,
  kind: K,
  room: string,
  patch: (now: Kept[K]) => Kept[K] | null,
): Promise<Kept[K]> {
  for (let tries = 0; tries < 100; tries++) {
    const found = await store.get(recordKey[kind](room));
    if (!found.value) throw new Problem("not_found");
    const next = patch(found.value);
    if (!next) return found.value;
    if (await store.commit((atomic) => atomic.check(found).set(found.key, next)) !== null) return next;
  }
  throw new Problem("busy", { wait: 1 });
}

/** A person's rooms of a kind, newest first, those with a tag or all; `next` goes into `before`. */
export async function ownAiRooms<K extends AiKind>(
  store: Store,
  kind: K,
  owner: string,
  { before, limit, tag }: { before?: string; limit: number; tag?: string },
): Promise<AiPage<K>> {
  const items: Kept[K][] = [];
  let end = endOf(keys.ownAiRooms(owner, kind), before);
  for (let seen = 0; seen < LOOKED_THROUGH;) {
    const rows = await store.list(keys.ownAiRooms(owner, kind), { end, reverse: true, limit: limit + 1 });
    const found = await store.getMany(rows.map(({ key }) => recordKey[kind](String(key.at(-1)))));
    for (const [n, { value }] of found.entries()) {
      if (items.length === limit) return { items, next: end?.slice(-2).join("-") };
      if (value && (tag === undefined || value.tags.includes(tag))) items.push(value);
      end = rows[n].key;
    }
    seen += rows.length;
    if (rows.length <= limit) return { items };
  }
  return { items, next: end?.slice(-2).join("-") };
}

export const freshId = (): string => crypto.getRandomValues(new Uint8Array(10)).toHex();

function endOf(prefix: Deno.KvKey, before: string | undefined): Deno.KvKey | undefined {
  const [, createdAt, id] = /^(\d{1,15})-(\w{1,80})$/.exec(before ?? "") ?? [];
  return id === undefined ? undefined : [...prefix, Number(createdAt), id];
}

import { hash32 } from "../domain/hash.ts";
import type { Author } from "../domain/message.ts";
import type { Apart } from "../domain/veil.ts";
import type { Presence } from "../kv/keys.ts";

/** People of one isolate that are listed by name; the others are only counted. */
const MOST_NAMED = 500;
/** A value in the store holds 64 KiB: so many marks, and what is left is for names. Bytes. */
const MOST_MARKED = 12_000;
const ROOM_FOR_NAMES = 56_000;

/** What another isolate said of a room: written down in the store, or `heard` from it directly, which is fresher. */
export type Said = Presence & { heard?: true };
type Hear = (mark: number, came: boolean, person?: Author) => void;

/** A person's or a guest's browser's mark: the same on every isolate, odd for those who are logged in. */
export const markOf = (
  visitor: string,
  person?: Author,
): number => person ? memberMark(person.id) : (hash32(visitor) & ~1) >>> 0;
const memberMark = (id: string): number => (hash32(id) | 1) >>> 0;
const isMember = (mark: number): boolean => (mark & 1) === 1;

/**
 * Who is in one room, over all isolates: people, not tabs. Every step costs what changed, never the size of the room.
 * `hear` is told who came into the room as a whole and who left it.
 */
export class Crowd {
  /** Grows when somebody comes or goes on this isolate. */
  version = 0;
  readonly elsewhere = new Map<string, Said>();
  readonly #here = new Map<number, { tabs: number; person?: Author }>();
  readonly #isolates = new Map<number, number>();
  #members = 0;

  constructor(readonly hear: Hear = () => {}) {}

  get count(): number {
    return this.#isolates.size;
  }

  /** Without these people. */
  countWithout(apart: Apart): number {
    let count = this.count;
    for (const id of apart ?? []) if (this.#isolates.has(memberMark(id))) count--;
    return count;
  }

  get members(): number {
    return this.#members;
  }

  get empty(): boolean {
    return this.#here.size === 0;
  }

  enter(visitor: string, person?: Author): void {
    const mark = markOf(visitor, person), known = this.#here.get(mark);
    if (known) return void known.tabs++;
    this.#here.set(mark, { tabs: 1, person });
    this.version++;
    this.#add(mark, person);
  }

  leave(visitor: string, person?: Author): void {
    const mark = markOf(visitor, person), known = this.#here.get(mark);
    if (!known || --known.tabs) return;
    this.#here.delete(mark);
    this.version++;
    this.#drop(mark);
  }

  /** Replaces what an isolate said before; `null` forgets it. */
  hears(isolate: string, said: Said | null): void {
    const before = this.elsewhere.get(isolate)?.people ?? [];
    if (said) this.elsewhere.set(isolate, said);
    else this.elsewhere.delete(isolate);
    const after = said?.people ?? [];
    if (before.length === after.length && before.every((mark, i) => mark === after[i])) return;
    const [old, now] = [new Set(before), new Set(after)];
    const names = new Map(said?.names?.map((name) => [markOf("", personOf(name)), personOf(name)]));
    for (const mark of now) if (!old.has(mark)) this.#add(mark, names.get(mark));
    for (const mark of old) if (!now.has(mark)) this.#drop(mark);
  }

  /** Forgets isolates that have not said anything for too long. */
  expire(now: number): void {
    for (const [isolate, { expiresAt }] of this.elsewhere) if (expiresAt <= now) this.hears(isolate, null);
  }

  /** What this isolate says of itself. */
  mine(): Pick<Presence, "people" | "names"> {
    const people = Uint32Array.from([...this.#here.keys()].slice(0, MOST_MARKED)).sort();
    const names: Presence["names"] = [];
    let room = ROOM_FOR_NAMES - people.byteLength;
    for (const { person } of this.#here.values()) {
      if (!person) continue;
      room -= 2 * (person.id.length + person.nickname.length) + 24;
      if (room < 0 || names.length === MOST_NAMED) break;
      names.push([person.id, person.nickname, person.role]);
    }
    return { people, names };
  }

  /** Those who can be named, each once, at most `limit`, without those of `apart`. */
  named(limit: number, apart: Apart): Author[] {
    const found = new Map<string, Author>();
    const heard = [...this.elsewhere.values()].flatMap(({ names = [] }) => names.map(personOf));
    for (const person of [...[...this.#here.values()].flatMap(({ person }) => person ?? []), ...heard]) {
      if (found.size === limit) break;
      if (!apart?.has(person.id) && !found.has(person.id)) found.set(person.id, person);
    }
    return [...found.values()];
  }

  #add(mark: number, person?: Author): void {
    const isolates = this.#isolates.get(mark) ?? 0;
    this.#isolates.set(mark, isolates + 1);
    if (isolates) return;
    if (isMember(mark)) this.#members++;
    this.hear(mark, true, person);
  }

  #drop(mark: number): void {
    const isolates = this.#isolates.get(mark) ?? 0;
    if (isolates > 1) return void this.#isolates.set(mark, isolates - 1);
    this.#isolates.delete(mark);
    if (isMember(mark)) this.#members--;
    this.hear(mark, false);
  }
}

const personOf = ([id, nickname, role]: NonNullable<Presence["names"]>[number]): Author => ({ id, nickname, role });

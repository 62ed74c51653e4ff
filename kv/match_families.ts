import type { MatchProfile } from "../domain/profile.ts";
import { among, type Rule, under } from "./family.ts";
import { anywhereInKey, byKey } from "./forgetting.ts";
import { keys } from "./keys.ts";
import { close, type Match } from "./matches.ts";
import type { PairInterview } from "./pairs.ts";
import { dropPhoto, type PhotoRecord } from "./photos.ts";

const mine = <V>(value: V): V => value;
const of = (at: unknown, [, from, other]: Deno.KvKey, id: string) => from === id ? { userId: other, at } : undefined;

/** Their conversations end first: the others' places are free. */
const openPlaces: Rule = (name) => ({
  async erases(store, leaver) {
    for (const { key, value } of await store.list(keys.matches(leaver.id))) {
      await close(store, { id: String(key.at(-1)), members: [leaver.id, value.other] }, true);
    }
    await under()(name).erases!(store, leaver);
  },
});

/** The pictures stand in pieces whose keys do not say whose they are. */
const photos: Rule = (name) => ({
  ...among<PhotoRecord>(
    () => undefined,
    ({ owner, room, type }, [, photo], id) => owner === id ? { id: photo, room, type } : undefined,
  )(name),
  async erases(store, { id }) {
    for (const { key, value } of await store.list<PhotoRecord>([name])) {
      if (value.owner === id) await store.commit((atomic) => dropPhoto(atomic, String(key[1])));
    }
  },
});

/** Matching's part of `families.ts`. */
export const matchRules: Record<string, Rule> = {
  open_matches: openPlaces,
  match: under<Match>(mine),
  pair: among(anywhereInKey),
  like: among(anywhereInKey, of),
  liked: among(anywhereInKey),
  pass: among(anywhereInKey, of),
  opener: under(),
  receipt: among(byKey),
  pair_interview: among<{ pair: PairInterview }>(
    ({ pair: { by, to } }, _, { id }) => by === id || to === id ? null : undefined,
    ({ pair: { by, job, posting, language, minutes, at } }, _, id) =>
      by === id ? { job, posting, language, minutes, at } : undefined,
  ),
  pair_due: () => ({}), // a time and a room
  reasons: among(anywhereInKey),
  match_profile: under<MatchProfile>(mine),
  untrue: under<string[]>(mine),
  portrait: under(),
  candidate: among(byKey),
  photo: photos,
  photo_chunk: () => ({}), // with the photo
};

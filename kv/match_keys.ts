import type { Portrait } from "../domain/matching/portrait.ts";
import type { MatchProfile } from "../domain/profile.ts";
import type { KeptReasons } from "./kept_reasons.ts";
import { key } from "./key.ts";
import type { Match, Pair } from "./matches.ts";
import type { Opener } from "./openers.ts";
import type { PairInterview } from "./pairs.ts";
import type { PhotoRecord } from "./photos.ts";
import type { PortraitRecord } from "./portraits.ts";
import type { Receipt } from "./receipts.ts";

/** The key table's part for matching and rooms of two. */
export const matchKeys = {
  /** For ever. `profiles.ts`. */
  matchProfile: (user: string) => key<MatchProfile>("match_profile", user),
  /** For ever: what a person said is not true of them. `profiles.ts`. */
  untrue: (user: string) => key<string[]>("untrue", user),
  /** As long as what shows it. `photos.ts`. */
  photo: (id: string) => key<PhotoRecord>("photo", id),
  photoChunk: (id: string, n: number) => key<Uint8Array<ArrayBuffer>>("photo_chunk", id, n),
  /** As long as the profile. `portraits.ts`. */
  portrait: (user: string) => key<PortraitRecord>("portrait", user),
  /** While the person may be found. `portraits.ts`, with the portrait. */
  candidate: (bucket: string, spread: number, user: string) => key<Portrait>("candidate", bucket, spread, user),
  candidates: (bucket: string) => key<Portrait>("candidate", bucket),
  /** Until it is answered or taken back, epoch milliseconds: by who greets, and by who is greeted. `matches.ts`. */
  like: (from: string, to: string) => key<number>("like", from, to),
  likes: (from: string) => key<number>("like", from),
  liked: (to: string, from: string) => key<number>("liked", to, from),
  likers: (to: string) => key<number>("liked", to),
  /** Until `expiresAt`: who was passed over. `matches.ts`; the sweeper. */
  pass: (from: string, to: string) => key<{ expiresAt: number }>("pass", from, to),
  passes: (from: string) => key<{ expiresAt: number }>("pass", from),
  allPasses: () => key<{ expiresAt: number }>("pass"),
  /** For ever, by the smaller id first: two people meet once. `matches.ts`. */
  pair: (one: string, other: string) => key<Pair>("pair", ...[one, other].sort()),
  /** Until it is taken off the list: a match as one of the two has it. `matches.ts`. */
  match: (user: string, room: string) => key<Match>("match", user, room),
  matches: (user: string) => key<Match>("match", user),
  /** The rooms of the open ones, so that the cap holds. `matches.ts`. */
  openMatches: (user: string) => key<string[]>("open_matches", user),
  /** Until `expiresAt`: with which words somebody began a talk. `openers.ts`; the sweeper. */
  opener: (user: string, hash: string) => key<Opener>("opener", user, hash),
  openers: () => key<Opener>("opener"),
  /** As long as the match. `receipts.ts`. */
  receipt: (room: string, user: string) => key<Receipt>("receipt", room, user),
  /** A day, or until the next one of the room; with when it is due. `pairs.ts`. */
  pairInterview: (room: string) => key<{ pair: PairInterview; due?: number }>("pair_interview", room),
  /** Until somebody has looked at it: which room's is due. `pairs.ts`, with it. */
  pairDue: (at: number, room: string) => key<true>("pair_due", at, room),
  pairDues: () => key<true>("pair_due"),
  /** Until `expiresAt`: what a model said of two people. `kept_reasons.ts`; the sweeper. */
  reasons: (user: string, other: string) => key<KeptReasons>("reasons", user, other),
  allReasons: () => key<KeptReasons>("reasons"),
};

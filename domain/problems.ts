import type { Quota } from "./quota.ts";

/** Every way to say no: a stable code, its HTTP status, and (in the words) a sentence in each language. */
export const problems = {
  invalid: 422,
  malformed: 400,
  too_large: 413,
  too_slow: 408,
  unsupported: 415,
  unauthenticated: 401,
  bad_credentials: 401,
  session_ended: 401,
  foreign_origin: 403,
  forbidden: 403,
  not_found: 404,
  method: 405,
  username_taken: 409,
  email_taken: 409,
  token_over: 410,
  no_address: 409,
  client_id_reused: 409,
  too_many: 429,
  busy: 503,
  unavailable: 503,
  companion_resting: 503,
  companion_busy: 429,
  kept_from_ai: 403,
  used_up: 429,
  pair_on: 409,
  pair_used_up: 409,
  scene_over: 409,
  scene_begun: 409,
  role_taken: 409,
  off_stage: 409,
  banned: 403,
  banned_here: 403,
  timed_out: 403,
  read_only: 403,
  young_account: 403,
  slow_mode: 429,
  links_off: 422,
  repeated: 422,
  blocked_words: 422,
  last_admin: 409,
  no_profile: 409,
  unverified: 403,
  matches_full: 409,
  copied: 409,
  photo_kind: 415,
  step_up_required: 403,
  login_refused: 400,
  provider_down: 503,
  linked_elsewhere: 409,
  last_way_in: 409,
  broken: 500,
} as const;
export type ProblemCode = keyof typeof problems;

/** Thrown anywhere, answered in one place (`routes/problem.ts`, or `refused` on a socket). `wait` is in seconds, `why` a keeper's own words. */
export class Problem extends Error {
  constructor(
    readonly code: ProblemCode,
    readonly detail: { wait?: number; why?: string; fields?: Record<string, string>; quota?: Quota } = {},
  ) {
    super(code);
    this.name = "Problem";
  }
}

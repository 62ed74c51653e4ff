/** Every number that says "enough", in one place. Times in milliseconds, sizes in bytes unless said otherwise. */
export const limits = {
  body: 64 * 1024,
  bodyTime: 10_000,
  frame: 64 * 1024,
  /** Frames one socket may send: a burst, then so many a second. */
  frames: { burst: 40, perSecond: 20 },
  /** Messages one person may send: a burst, then so many a second. */
  sends: { burst: 10, perSecond: 5 },
  /** Searches of one person, or of one guest's address. */
  searches: { burst: 15, perSecond: 1 },
  /** Frames of one socket that may wait for their turn. */
  queue: 32,
  /** Characters (UTF-16) that are read aloud. */
  spoken: 1_500,
  roomsPerSocket: 20,
  /** Sockets that one address may hold open in one isolate: a school may be behind it. */
  socketsPerAddress: 200,
  /** Sockets that one address may open: a burst, then so many a second. */
  upgrades: { burst: 60, perSecond: 2 },
  /** Bytes a socket may lag behind before it is fed from the log instead. */
  buffered: 256 * 1024,
  /** How long a lagging socket may take to drain before it is told to come back. */
  lagTime: 15_000,
  /** Messages replayed to one who was away; more is a gap. */
  replay: 2_000,
  page: { default: 20, max: 100 },
  typing: 5_000,
  accessToken: 15 * 60_000,
  refreshToken: 14 * 24 * 3_600_000,
  refreshGrace: 10_000,
  /** How far behind the last use of a login may be. */
  lastUse: 5 * 60_000,
  /** How long a person counts as just seen, after the password was given again. */
  stepUp: 10 * 60_000,
  /** The way to a provider and back, and choosing a name. */
  flow: 10 * 60_000,
  /** How long a provider may take for one answer. */
  provider: 5_000,
  clientId: 24 * 3_600_000,
  ticket: 30_000,
  /** How long a room's invitation is good. */
  invitation: 7 * 24 * 3_600_000,
  kvDeadline: 5_000,
  /** Slow pass that heals what bells and broadcasts lost. */
  heal: 1_000,
  presence: 40_000,
  /** People whom one person may block. */
  blocks: 1_000,
  /** People whose names a room's list shows. */
  peopleShown: 500,
  /** The companion in a room: questions that wait, messages it reads, how long what it writes may be (UTF-16, tokens). */
  companion: { waiting: 3, messages: 120, text: 3_000, tokens: 800 },
  /**
   * An AI room: questions that wait, messages of a branch that are read for an answer, tokens of one, tokens of messages
   * from which on the older half is summed up, and how long an off-the-record room is kept that nobody writes in.
   */
  aiRoom: { waiting: 10, messages: 400, tokens: 600, summed: 6_000, offRecord: 3_600_000 },
  /** How long an answer over HTTP may take, those before it included. */
  follow: 10 * 60_000,
  /** How long the sweeper looks for what was still written into a deleted room. */
  erased: 3_600_000,
  /** How long a catch-up is kept for the next one who asks for the same. */
  catchUp: 24 * 3_600_000,
  /** How long a translation is kept. */
  translation: 24 * 3_600_000,
  /** How long mails are kept where there is no server, and how long one may be on its way before it goes again. */
  outbox: 7 * 24 * 3_600_000,
  mailLease: 120_000,
  /** How long tokens in mails are good. */
  resetToken: 3_600_000,
  verifyToken: 24 * 3_600_000,
  letterToken: 7 * 24 * 3_600_000,
  /** How long a mail is tried: a notice, and a letter, which is stale after that. */
  notice: 48 * 3_600_000,
  letterMail: 12 * 3_600_000,
  /** Matching: open conversations of a person, how long a pass holds, what a portrait reads, how old it may be. */
  match: {
    open: 5,
    pass: 30 * 24 * 3_600_000,
    writings: 200,
    portrait: 6 * 3_600_000,
    reasons: 24 * 3_600_000,
    opener: 30 * 24 * 3_600_000,
  },
  /** Pair interviews: how long a proposal waits and what came of it is shown, how long who scores one is believed in, answers that are scored. */
  pair: { kept: 24 * 3_600_000, lease: 3 * 60_000, answers: 6 },
  /** A photo as it is sent; what is kept is bounded by `kv/photos.ts`. */
  upload: 4 * 1024 * 1024,
  /** How long it is kept that a person's messages were sent to the model. */
  sentLog: 90 * 24 * 3_600_000,
  /** How long an export lies ready, and how long who makes it is believed in. */
  export: 24 * 3_600_000,
  exportLease: 30_000,
  /** How long somebody who wants to leave may change their mind; and until what was on its way then has arrived. */
  leaving: 7 * 24 * 3_600_000,
  leavingRest: 2 * 60_000,
  /** How long the administrators' figures are kept: thirty days, and the one that is not over. */
  figures: 31 * 24 * 3_600_000,
} as const;

/** Limits that all isolates share: so many in a window. `RATE_LIMIT_SCALE` multiplies `max`; 0 turns them off. */
export const windows = {
  loginByAccount: { max: 5, window: 15 * 60_000 },
  /** From all addresses together: many, so that nobody is locked out by whoever guesses badly on purpose. */
  loginByName: { max: 100, window: 3_600_000 },
  loginByAddress: { max: 20, window: 15 * 60_000 },
  /** Ways to a provider that begin. */
  flowByAddress: { max: 60, window: 15 * 60_000 },
  registerByAddress: { max: 30, window: 3_600_000 },
  reportByPerson: { max: 30, window: 3_600_000 },
  askByPerson: { max: 10, window: 3_600_000 },
  askByRoom: { max: 60, window: 3_600_000 },
  /** Answers with the care card's words; they are outside of the budget. */
  careByPerson: { max: 3, window: 10 * 60_000 },
  catchUpByPerson: { max: 20, window: 3_600_000 },
  /** Of a person, or of an address where nobody is logged in. */
  translationsByAsker: { max: 60, window: 3_600_000 },
  ownLetterByPerson: { max: 10, window: 24 * 3_600_000 },
  asksByAddress: { max: 20, window: 3_600_000 },
  likesByPerson: { max: 40, window: 24 * 3_600_000 },
  pairsByPerson: { max: 10, window: 24 * 3_600_000 },
  photosByPerson: { max: 40, window: 24 * 3_600_000 },
  reasonsByPerson: { max: 30, window: 24 * 3_600_000 },
  /** Wrong passwords of somebody who is in already. */
  passwordByPerson: { max: 5, window: 15 * 60_000 },
  /** Mails that somebody asked for, to one mailbox: a minute's and a day's. */
  mailByMinute: { max: 1, window: 60_000 },
  mailByDay: { max: 5, window: 24 * 3_600_000 },
  /** Forms about mail of one address, and tokens that it shows. */
  mailFormByAddress: { max: 20, window: 15 * 60_000 },
  tokenByAddress: { max: 30, window: 15 * 60_000 },
  speechByPerson: { max: 60, window: 3_600_000 },
  aiRoomsByPerson: { max: 60, window: 24 * 3_600_000 },
  hintsByPerson: { max: 60, window: 3_600_000 },
  /** Six whole level checks. */
  levelAnswersByPerson: { max: 48, window: 3_600_000 },
  /** Messages in live rooms and 1:1 that are looked at for their writer. */
  tutoredByPerson: { max: 100, window: 3_600_000 },
  cardsByPerson: { max: 300, window: 3_600_000 },
  /** The pages of both begin anew each time. */
  blockByPerson: { max: 20, window: 3_600_000 },
  roomsByPerson: { max: 5, window: 24 * 3_600_000 },
} as const;
export type WindowName = keyof typeof windows;

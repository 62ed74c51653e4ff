/** Why a socket closes, and whether the client should come back by itself. */
export const closeCodes = {
  bye: { code: 1000, comeBack: false },
  leaving: { code: 1012, comeBack: true },
  too_many: { code: 1008, comeBack: true },
  too_large: { code: 1009, comeBack: true },
  broken: { code: 1011, comeBack: true },
  session_ended: { code: 4401, comeBack: true },
  forbidden: { code: 4403, comeBack: false },
  slow: { code: 4408, comeBack: true },
} as const;
export type CloseReason = keyof typeof closeCodes;

/** Codes that mean "stay away"; any other close (the network's own included) means "come back". */
export const staysAway = (code: number): boolean =>
  Object.values(closeCodes).some((c) => c.code === code && !c.comeBack);

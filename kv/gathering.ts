/** Lets a group of appends grow while nobody could be told of it anyway. */
export type Gathering = {
  /** Resolves when the first of these rooms' readers would hear of something new: at once, as a rule. */
  wait(rooms: string[]): Promise<void> | void;
  /** One more room is asked for: it may be in a hurry. */
  join(room: string): void;
};

/** `untilHeard`: milliseconds until a room's readers would hear of something new; not above 0 when at once. */
export function openGathering(untilHeard: (room: string) => number): Gathering {
  let hurry = () => {};
  return {
    wait(rooms) {
      const longest = Math.min(...rooms.map(untilHeard));
      if (longest <= 0) return;
      return new Promise((go) => {
        const timer = setTimeout(go, longest);
        hurry = () => (clearTimeout(timer), go());
      });
    },
    join: (room) => untilHeard(room) <= 0 && hurry(),
  };
}

/** So many at once, then so many a second. */
export type Rate = { burst: number; perSecond: number };
/** `take()` takes one and says 0, or takes nothing and says how many seconds to wait. */
export type Bucket = { take(): number };

/** A bucket of tokens that fills with time (`now` in milliseconds). It starts full. */
export function openBucket({ burst, perSecond }: Rate, now: () => number): Bucket {
  let tokens = burst, filledAt = now();
  return {
    take() {
      const time = now();
      tokens = Math.min(burst, tokens + Math.max(0, time - filledAt) / 1000 * perSecond);
      filledAt = time;
      if (tokens < 1) return Math.max(0.001, (1 - tokens) / perSecond);
      tokens -= 1;
      return 0;
    },
  };
}

import { LRUCache } from "lru-cache";
import { type Bucket, openBucket, type Rate } from "../domain/bucket.ts";
import { limits } from "../domain/limits.ts";

/** How fast one person may send, by socket and HTTP together. 0 is "go"; else the whole seconds to wait. */
export type SendLimit = (userId: string) => number;

/** `scale` multiplies the limit; 0 turns it off. Each isolate counts for itself. */
export function openSendLimit(scale: number, now: () => number, most: Rate = limits.sends): SendLimit {
  if (scale === 0) return () => 0;
  const rate = { burst: Math.max(1, most.burst * scale), perSecond: most.perSecond * scale };
  const buckets = new LRUCache<string, Bucket>({ max: 20_000 });
  return (userId) => {
    const bucket = buckets.get(userId) ?? openBucket(rate, now);
    buckets.set(userId, bucket);
    return Math.ceil(bucket.take());
  };
}

import v8 from "node:v8";
import vm from "node:vm";

v8.setFlagsFromString("--expose-gc");
const collect = vm.runInNewContext("gc") as () => void;

/** Megabytes that this process holds once what nobody needs is gone: when it is gone is V8's own affair. */
export function held(): number {
  collect();
  return Deno.memoryUsage().rss / 2 ** 20;
}

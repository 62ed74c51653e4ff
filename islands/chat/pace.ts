/** Draws are at least this far apart (milliseconds) when much comes in. */
const APART = 100;
/** A hidden page gets no frames, and is drawn all the same, so that what waits there stays short. */
const HIDDEN = 500;

/** Does the work soon, at the next frame; ten times a second at most, however often it is asked. */
export function pace(work: () => void): () => void {
  let asked = false, last = -APART;

  function go(): void {
    if (!asked) return;
    asked = false;
    last = performance.now();
    work();
  }

  return () => {
    if (asked) return;
    asked = true;
    setTimeout(() => {
      requestAnimationFrame(go);
      setTimeout(go, HIDDEN);
    }, Math.max(0, last + APART - performance.now()));
  };
}

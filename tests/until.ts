/** Waits for a condition, not for a time; fails when it takes longer than `within` milliseconds. */
export async function until(what: () => boolean | Promise<boolean>, within = 5_000): Promise<void> {
  for (const end = Date.now() + within; !await what();) {
    if (Date.now() > end) throw new Error(`not within ${within} ms: ${what}`);
    await new Promise((go) => setTimeout(go, 5));
  }
}

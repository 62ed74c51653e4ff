import type { AppContext } from "../context.ts";

/** Where a section's form stands once one was seen again: who has no password proves themselves that way. */
export function SeenAgain({ c, id }: { c: AppContext; id: string }) {
  const { seenAgain: words } = c.var.words.account;
  const next = `/settings#${id}`;
  return (
    <>
      <p class="soft">{words.why}</p>
      <a class="btn" href={`/step-up?${new URLSearchParams({ next })}`} rel="nofollow">{words.go}</a>
    </>
  );
}

import type { AppContext } from "../context.ts";

type Props = { c: AppContext; page: number; more: boolean; href(page: number): string };

/** One page on, one page back: how many there are in all is not counted. */
export function More({ c, page, more, href }: Props) {
  const { my } = c.var.words;
  if (page === 1 && !more) return null;
  return (
    <nav class="row pager" aria-label={my.pages}>
      {page > 1 && <a class="btn sm" rel="prev" href={href(page - 1)}>{my.newer}</a>}
      {more && <a class="btn sm" rel="next" href={href(page + 1)}>{my.older}</a>}
    </nav>
  );
}

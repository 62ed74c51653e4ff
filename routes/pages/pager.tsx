import { pageNumbers } from "../../domain/pages.ts";
import type { Words } from "../../domain/words/words.ts";

type Props = { words: Words; page: number; pages: number; href: (page: number) => string };

/** Newer, numbers, older. Nothing when there is one page. */
export function Pager({ words, page, pages, href }: Props) {
  if (pages <= 1) return null;
  const { my } = words;
  return (
    <nav class="row pager" aria-label={my.pages}>
      <Step label={my.newer} rel="prev" href={page > 1 ? href(page - 1) : undefined} />
      {pageNumbers(page, pages).map((n, i) => (
        n === 0 ? <span key={`gap${i}`} class="muted">…</span> : (
          <a
            key={n}
            class={`btn sm ${n === page ? "" : "quiet"}`}
            href={href(n)}
            aria-current={n === page ? "page" : undefined}
          >
            {n}
          </a>
        )
      ))}
      <Step label={my.older} rel="next" href={page < pages ? href(page + 1) : undefined} />
    </nav>
  );
}

function Step({ label, rel, href }: { label: string; rel: string; href?: string }) {
  return href
    ? <a class="btn sm" rel={rel} href={href}>{label}</a>
    : <a class="btn sm" role="link" aria-disabled="true">{label}</a>;
}

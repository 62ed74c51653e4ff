/** Which page numbers a pager shows: both ends, the page and its neighbours; 0 stands for a gap. */
export function pageNumbers(page: number, pages: number): number[] {
  const shown = [1, page - 1, page, page + 1, pages].filter((n) => n >= 1 && n <= pages);
  const sorted = [...new Set(shown)].sort((a, b) => a - b);
  return sorted.flatMap((n, i) => i > 0 && n > sorted[i - 1] + 1 ? [0, n] : [n]);
}

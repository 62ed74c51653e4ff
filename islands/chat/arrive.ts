/** A link to a message without its `#` scrolls there too, and marks it: `section` says which one it is about. */
export function arrive(section: HTMLElement): void {
  const { at } = section.dataset;
  if (at && location.hash !== `#m${at}`) location.replace(`#m${at}`);
}

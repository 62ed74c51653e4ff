/** More than any common model makes of it: four letters of English or one of Hangul or Kana are about one token. */
export function tokensOf(text: string): number {
  let bytes = 0;
  for (let i = 0; i < text.length; i++) bytes += text.charCodeAt(i) < 128 ? 1 : 3;
  return Math.ceil(bytes / 2.4);
}

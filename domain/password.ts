/** What a new password still lacks by the rule in `person.ts`, for hints while typing; it needs no zod. */
export const passwordLacks = (text: string): { characters: number; letter: boolean; digit: boolean } => ({
  characters: Math.max(0, 8 - text.length),
  letter: !/\p{L}/u.test(text),
  digit: !/\d/.test(text),
});

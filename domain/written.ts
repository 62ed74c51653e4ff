import { z } from "zod";

const tidy = (s: string): string => s.toWellFormed().normalize("NFC").trim();
const unseen = /[\p{Cc}\p{Co}\p{Cn}\p{Bidi_Control}\u2028\u2029]/gu;
const length = (s: string): number => [...s].length;
const shown = (s: string): boolean => !/^[\p{Default_Ignorable_Code_Point}\s]*$/u.test(s);

/** One line that a person wrote: single blanks, at most `max` characters. It may be empty; `needed` may not. */
export const line = (max: number) =>
  z.string().max(max * 10).transform((s) => tidy(s.replace(/\s+/gu, " ").replace(unseen, "")))
    .refine((s) => length(s) <= max, `text_long:${max}`);
/** Several lines. */
export const lines = (max: number) =>
  z.string().max(max * 10).transform((s) => tidy(s.split(/\r?\n/).map((one) => one.replace(unseen, "")).join("\n")))
    .refine((s) => length(s) <= max, `text_long:${max}`);
export const needed = <S extends z.ZodType<string>>(schema: S) => schema.refine(shown, "blank");

import { z } from "zod";
import { langs } from "./person.ts";

/** What a message says in another language, made by a model. */
export const translation = z.object({ text: z.string(), lang: z.enum(langs) });
export type Translation = z.infer<typeof translation>;

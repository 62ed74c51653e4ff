import { z } from "zod";

/** Who else can say who somebody is. */
export const providers = ["kakao", "github"] as const;
export type Provider = (typeof providers)[number];
export const provider = z.enum(providers);

/** A person as a provider knows them. `subject` never changes; `email` is there only when the provider checked it. */
export type Account = { subject: string; name?: string; email?: string };

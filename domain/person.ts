import { z } from "zod";

export const roles = ["user", "moderator", "admin"] as const;
export type Role = (typeof roles)[number];

export const langs = ["ko", "en", "ja"] as const;
export type Lang = (typeof langs)[number];

/** Who is asking: what an access token says of its bearer. `null` is a guest. `session` is the token family. */
export type Who = { id: string; nickname: string; role: Role; session: string };

export const username = z.string().regex(/^[A-Za-z0-9_]{4,20}$/, "username");

/**
 * 2 to 20 characters as people count them (a family emoji is one), inner spaces single, nothing that cannot be seen.
 * What joins an emoji's parts is the only invisible thing allowed; letters do not carry towers of marks.
 */
export const nickname = z.string().max(200).transform((s) => s.normalize("NFC").trim().replace(/\s+/gu, " "))
  .refine((s) => lengthOf(s) >= 2 && lengthOf(s) <= 20, "nickname_length")
  .refine((s) => !unseen.test(s.replace(emoji, "")) && s.isWellFormed(), "nickname_characters");

const graphemes = new Intl.Segmenter("ko", { granularity: "grapheme" });
const lengthOf = (s: string): number => [...graphemes.segment(s)].length;
const emoji = /\p{RGI_Emoji}/vg;
const unseen = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Default_Ignorable_Code_Point}\u2800]|\p{M}{4}/u;

/** At least 8, a letter and a digit among them; 72 bytes is where bcrypt stops reading. */
export const password = z.string().min(8, "password_length").max(72, "password_long")
  .refine((s) => new TextEncoder().encode(s).length <= 72, "password_long")
  .refine((s) => /\p{L}/u.test(s) && /\d/.test(s), "password_characters");

export const registration = z.object({
  username,
  password,
  nickname,
  email: z.email("email").max(254).optional(),
});
export const credentials = z.object({ username: z.string().min(1).max(200), password: z.string().min(1).max(1000) });
export const usernameQuestion = z.object({ username });
export const profileChange = z.object({ nickname: nickname.optional(), lang: z.enum(langs).optional() });
/** `refresh` is what old clients call it. */
export const refreshRequest = z.object({
  refreshToken: z.string().max(500).optional(),
  refresh: z.string().max(500).optional(),
});

/** A person as the API shows them to themselves. `createdAt` is epoch milliseconds. */
export const profile = z.object({
  id: z.string(),
  username: z.string(),
  nickname: z.string(),
  role: z.enum(roles),
  email: z.string().optional(),
  emailVerified: z.boolean().optional(),
  lang: z.enum(langs).optional(),
  createdAt: z.number(),
});
export type Profile = z.infer<typeof profile>;

/** `expiresIn` is the access token's life in seconds. `leavesAt`: this person asked to be deleted then, epoch milliseconds. */
export const tokens = z.object({
  user: profile,
  accessToken: z.string(),
  refreshToken: z.string(),
  expiresIn: z.number(),
  leavesAt: z.number().optional(),
});
export type Tokens = z.infer<typeof tokens>;

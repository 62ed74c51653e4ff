import { z } from "zod";
import { PLAZA } from "./room.ts";

/** Where words are that a model might read: `direct` is 1:1 talk. */
export const surfaces = ["plaza", "live", "direct", "roleplay", "matching"] as const;
export type Surface = (typeof surfaces)[number];
/** Of what was said where others read it. */
export const surfaceOf = ({ room }: { room: string }) => room === PLAZA ? "plaza" as const : "live" as const;

export const consent = z.object({
  plaza: z.boolean(),
  live: z.boolean(),
  direct: z.boolean(),
  roleplay: z.boolean(),
  matching: z.boolean(),
});
export type Consent = z.infer<typeof consent>;
export const consentChange = z.strictObject(consent.partial().shape);

/** What holds for who has not chosen: what is said between two stays between them. */
export const firstConsent: Consent = { plaza: true, live: true, direct: false, roleplay: true, matching: true };

/** What a model was asked to do with somebody's words. */
export const sentTasks = [
  "letter",
  "room_answer",
  "catch_up",
  "moderate",
  "translate",
  "roleplay",
  "practice",
  "matching",
] as const;
export type SentTask = (typeof sentTasks)[number];
/** That so many messages of one person were sent to the model; never what they said. `at` is epoch milliseconds. */
export const sent = z.object({
  at: z.number(),
  task: z.enum(sentTasks),
  surface: z.enum(surfaces),
  messages: z.number().int(),
});
export type Sent = z.infer<typeof sent>;

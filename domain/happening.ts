import { z } from "zod";
import { pairTellings } from "./pair.ts";
import { outcome } from "./scene.ts";

/** What an entry of an AI room, or of a pair interview, says besides words. A `question` stands on the companion's own message. */
export const happening = z.discriminatedUnion("type", [
  z.object({ type: z.literal("begun") }),
  z.object({ type: z.literal("edited"), fields: z.array(z.string()) }),
  z.object({ type: z.literal("goal"), goal: z.number().int(), reason: z.string() }),
  z.object({ type: z.literal("ended"), outcome }),
  z.object({ type: z.literal("reopened") }),
  /** The talk goes on after `leaf`: see `branch.ts`. */
  z.object({ type: z.literal("switched"), leaf: z.number().int() }),
  z.object({ type: z.literal("question"), n: z.number().int(), of: z.number().int(), followUp: z.boolean() }),
  z.object({ type: z.literal("report") }),
  z.object({ type: z.literal("pair"), telling: z.enum(pairTellings) }),
  /** A role, by its place in the cast, came on stage or left it. */
  z.object({ type: z.literal("stage"), role: z.number().int(), name: z.string(), on: z.boolean() }),
  /** A role is played by a person from now on, or by the companion again. */
  z.object({ type: z.literal("played"), name: z.string(), by: z.enum(["person", "companion"]) }),
]);
export type Happening = z.infer<typeof happening>;

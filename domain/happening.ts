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
]);
export type Happening = z.infer<typeof happening>;

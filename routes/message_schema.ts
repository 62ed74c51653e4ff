import { z } from "zod";
import { correction } from "../domain/correction.ts";
import { happening } from "../domain/happening.ts";
import { kinds, reactions } from "../domain/message.ts";
import { moods } from "../domain/mood.ts";
import { roles } from "../domain/person.ts";

/** A message as the API answers it. */
export const message = z.object({
  seq: z.number().int().describe("Its number in the room: 1, 2, 3 … without a gap"),
  id: z.string(),
  clientId: z.string(),
  author: z.object({ id: z.string(), nickname: z.string(), role: z.enum(roles) }),
  kind: z.enum(kinds),
  text: z.string(),
  at: z.number().describe("Epoch milliseconds"),
  mood: z.enum(moods).optional(),
  reply: z.object({ seq: z.number().int(), of: z.array(z.string()).optional(), nickname: z.string(), text: z.string() })
    .optional(),
  mentions: z.array(z.string()).optional(),
  editedAt: z.number().optional(),
  gone: z.enum(["author", "keeper"]).nullish().describe("Who took it away; the text is then empty"),
  reactions: z.partialRecord(z.enum(reactions), z.number().int()).optional(),
  asks: z.boolean().optional().describe("In the question queue"),
  answered: z.boolean().optional(),
  poll: z.object({
    question: z.string(),
    options: z.array(z.object({ text: z.string(), votes: z.number().int() })),
    closed: z.boolean().optional(),
  }).optional(),
  photo: z.object({ id: z.string(), width: z.number().int(), height: z.number().int() }).optional()
    .describe("Its bytes are at /photos/{id}"),
  state: z.enum(["streaming", "done", "stopped", "interrupted"]).optional().describe("Of an answer of the companion"),
  about: z.array(z.string()).optional().describe("Ids of those whose words the companion read for it"),
  read: z.number().int().optional().describe("How many messages the companion read for it"),
  after: z.number().int().optional().describe("In AI rooms: what it follows, when that is not what stood before it"),
  version: z.number().int().optional().describe("In AI rooms: the number of the version that was there first"),
  versions: z.array(z.number().int()).optional().describe("In AI rooms: all versions of it"),
  as: z.string().optional().describe("In a scene for several: the role that says it"),
  event: happening.optional().describe("In AI rooms: what happened"),
  corrections: z.array(correction).optional().describe("In AI rooms: notes beside one's own line"),
}).meta({ id: "Message" });

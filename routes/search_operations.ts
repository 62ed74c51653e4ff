import { z } from "zod";
import { searchQuestion } from "./find.ts";
import type { Operation } from "./operation.ts";

const excerpt = z.object({
  text: z.string().describe("Plain text around what was found"),
  marks: z.array(z.array(z.number().int())).describe("From and to, in UTF-16 units of the excerpt's text"),
});

/** What the API can find; `message` is how a message is described. */
export const searchOperations = (message: z.ZodType): Operation[] => [
  {
    method: "get",
    path: "/api/search",
    summary: "Messages that have all of the words, newest first, of rooms that I may read",
    who: "anyone",
    query: searchQuestion,
    answers: {
      200: z.object({
        items: z.array(z.object({
          room: z.string(),
          title: z.string().optional(),
          message,
          at: z.number().describe("Epoch milliseconds"),
          excerpt,
        })),
        next: z.string().optional().describe("The next page's `before`"),
      }),
    },
    problems: ["invalid", "not_found", "too_many"],
  },
];

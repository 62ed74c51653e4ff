import { z } from "zod";
import { checked } from "../body.ts";
import { type RoomChange, roomChange } from "../../domain/room.ts";

const amount = z.string().max(2_000).optional().catch("");
const ticked = z.literal("on").optional().catch(undefined);
const own = { title: z.string().optional(), topic: z.string().optional(), access: z.string().optional() };
/** What the forms send that change a room. What is asked of writers comes together, or not at all. */
export const roomForm = z.object({
  ...own,
  slow: amount,
  age: amount,
  links: ticked,
  unique: ticked,
  readOnly: ticked,
});
export type SentRoom = z.output<typeof roomForm>;

/** Problem `invalid`. A name that is only shown, because the room has none of its own, is not given to it. */
export function changeIn({ title, topic, access, slow, age, ...more }: SentRoom, shown: string): RoomChange {
  return checked(roomChange, {
    title: title === shown ? undefined : title,
    topic,
    access,
    settings: slow === undefined ? undefined : {
      slow: slow === "" ? 0 : Number(slow),
      age: age === "" ? 0 : Number(age),
      links: more.links !== undefined,
      unique: more.unique !== undefined,
      readOnly: more.readOnly !== undefined,
    },
  });
}

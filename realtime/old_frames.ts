/**
 * What a client of the old live chat says, as a frame of today: mere words, `{"message"}`, or a frame that does not
 * name the room. `said` is what was parsed of `data`, undefined when it is no JSON.
 */
export function frameOf(said: unknown, data: string, room: string): unknown {
  if (typeof said !== "object" || said === null) return { type: "send_chat", room, text: data };
  if ("type" in said || !("message" in said)) return { room, ...said };
  return { ...said, type: "send_chat", room, text: said.message };
}

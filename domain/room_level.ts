/** What a member wants to be told of in one live room while away: all that is said, when they are called or answered, or nothing. */
export const roomLevels = ["everything", "mentions", "nothing"] as const;
export type RoomLevel = (typeof roomLevels)[number];
/** Of who chose none. */
export const usualLevel: RoomLevel = "mentions";

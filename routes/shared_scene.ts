import { z } from "zod";
import { sceneDraft } from "../domain/scene.ts";
import type { AppContext } from "./context.ts";

const { title, situation, myRole, aiRole, level, goals } = sceneDraft.shape;
/** What a link says of a scene (`domain/share_link.ts`); what does not fit is as if it were not there. */
const shared = z.object({
  title: title.catch(""),
  situation: situation.catch(""),
  myRole: myRole.catch(""),
  aiRole: aiRole.catch(""),
  level: level.catch(undefined),
  goals: goals.catch([]),
});

/** The scene that somebody's link describes, for the form: blank where it says nothing. */
export const sharedScene = ({ req }: AppContext) => shared.parse({ ...req.query(), goals: req.queries("goal") });

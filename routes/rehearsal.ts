import { isDirect } from "../domain/room.ts";
import { langs } from "../domain/person.ts";
import { fill } from "../domain/words/fill.ts";
import { between } from "./between.ts";
import type { AppContext, Parts } from "./context.ts";
import { me } from "./guard.ts";

/**
 * A scene to rehearse the first words of a room of two: about what the two share, in a language of the other, and about
 * nobody in particular. `null` for what is no room of two of one's own.
 */
export async function rehearsalFor(parts: Pick<Parts, "rooms" | "store" | "log">, c: AppContext, id: string) {
  const room = isDirect(id) ? await parts.rooms.find(id, me(c)) : null;
  if (!room) return null;
  const { lang, words: { matching } } = c.var;
  const { scene: situation, rehearsal } = matching.chats;
  const { facts, language } = await between(parts, room, me(c));
  const fact = facts.find(({ what }) => what === "interest" || what === "term" || what === "region");
  const topic = fact && "name" in fact ? fact.name : matching.intentions.friend;
  return {
    language: langs.find((one) => one === language) ?? lang,
    title: fill(rehearsal.title, { topic }),
    situation: fill(situation, { topic }),
    myRole: rehearsal.mine,
    aiRole: rehearsal.theirs,
    level: "normal",
    goals: rehearsal.goals.map((goal) => fill(goal, { topic })),
    tags: "",
    with: id,
  };
}

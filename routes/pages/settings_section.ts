import type { Hono } from "hono";
import type { VNode } from "preact";
import type { User } from "../../kv/keys.ts";
import type { AppContext, AppEnv, Parts } from "../context.ts";
import type { Tried } from "./attempt.ts";

/** What a section draws itself from. `tried` is one of its own forms that was refused. */
export type Shown = { c: AppContext; user: User; tried?: Tried };

/** One part of `/settings`. A form that succeeds goes on to `doneAt(id)`. */
export type Section = {
  /** Its anchor; its heading has `-title` behind it. No field of another section may have it as its name. */
  id: string;
  draw(shown: Shown): VNode | Promise<VNode>;
  /** Its forms, at `/settings/…`. `again` draws the whole page, with what was refused in this section. */
  forms(again: (c: AppContext, tried: Tried) => Promise<Response>): Hono<AppEnv>;
};
export type OpenSection = (parts: Parts) => Section;

/** Where a form leads that did what was asked: the page says so in its section. */
export const doneAt = (id: string): string => `/settings?done=${id}#${id}`;
export const isDone = (c: AppContext, id: string): boolean => c.req.query("done") === id;

import type { AppContext, Parts } from "../context.ts";
import type { Tried } from "./attempt.ts";
import { SideDoor } from "./side_door.tsx";

type Props = { c: AppContext; parts: Parts; tried: Tried; again: string };

/** A link of a mail that does nothing any more, or not now; `again` is where one asks for another. */
export function Expired({ c, parts, tried, again }: Props) {
  const { expired, home } = c.var.words.account;
  const over = tried.code === "token_over";
  return (
    <SideDoor c={c} parts={parts} title={expired.title}>
      <p role="alert">{over ? expired.text : tried.message}</p>
      <a class="btn main full" href={again}>{expired.again}</a>
      <a class="btn quiet full" href="/">{home}</a>
    </SideDoor>
  );
}

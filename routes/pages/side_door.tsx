import type { ComponentChildren } from "preact";
import { PLAZA } from "../../domain/room.ts";
import type { AppContext, Parts } from "../context.ts";
import { Scene } from "./door.tsx";
import { Page } from "./layout.tsx";
import { Foot } from "./switches.tsx";

type Props = { c: AppContext; parts: Parts; title: string; children: ComponentChildren };

/** A page that looks like the door: for who comes from a mail, or has lost the key. */
export function SideDoor({ c, parts, title, children }: Props) {
  return (
    <Page c={c} house={parts} title={title} class="door">
      <Scene c={c} listening={parts.hub.people(PLAZA)} />
      <section class="form stack" aria-labelledby="door-title">
        <h2 id="door-title">{title}</h2>
        {children}
        <div>
          <Foot c={c} />
        </div>
      </section>
    </Page>
  );
}

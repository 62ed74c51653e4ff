import { useContext } from "preact/hooks";
import { Sprite } from "../../islands/icon.tsx";

type Leaf = [shape: "frond" | "monstera", depth: "far" | "mid" | "near", transform: string];
type Spot = [cx: number, cy: number, rx: number, ry: number, opacity: number];
type Scene = { box: string; fit: string; light: Spot[]; leaves: Leaf[]; flies: [cx: number, cy: number, r: number][] };

/** Leaves over light by day, over fireflies by night. `bar` lies behind a heading, `door` fills half a page. */
export function Canopy({ scene = "bar" }: { scene?: keyof typeof scenes }) {
  const sprite = useContext(Sprite);
  const { box, fit, light, leaves, flies } = scenes[scene];
  return (
    <svg viewBox={box} preserveAspectRatio={fit} aria-hidden="true">
      <g class="dapple" fill="var(--dapple)">
        {light.map(([cx, cy, rx, ry, opacity]) => (
          <ellipse
            key={cx}
            cx={cx}
            cy={cy}
            rx={rx}
            ry={ry}
            opacity={opacity}
          />
        ))}
      </g>
      {leaves.map(([shape, depth, transform]) => (
        <use key={transform} href={`${sprite}#${shape}`} fill={`var(--${depth})`} transform={transform} />
      ))}
      <g fill="var(--fly)">
        {flies.map(([cx, cy, r]) => <circle key={cx} cx={cx} cy={cy} r={r} />)}
      </g>
    </svg>
  );
}

/** The leaf with the glowing path. */
export function Brand() {
  return (
    <svg viewBox="0 0 40 40" aria-hidden="true">
      <path d="M5 6c17-4 31 4 30 20-.3 4-1 7-2 9-18 2-30-8-28-29z" fill="currentColor" />
      <path
        d="M10 12c4 0 5 1 4.5 3.5S15 20 18 19.5s4 .5 3.5 3 1 4 3.5 3.5 3.5.5 4.5 2.5"
        fill="none"
        stroke="var(--glow)"
        stroke-width="2.4"
        stroke-linecap="round"
      />
    </svg>
  );
}

const scenes = {
  bar: {
    box: "0 0 800 180",
    fit: "xMaxYMin slice",
    light: [[560, 60, 150, 56, .8], [300, 20, 90, 34, .7]],
    leaves: [
      ["frond", "far", "translate(520 -30) rotate(35) scale(.9)"],
      ["frond", "far", "translate(820 10) rotate(150) scale(1.1)"],
      ["monstera", "far", "translate(640 -20) rotate(-25) scale(.9)"],
      ["monstera", "mid", "translate(735 -30) rotate(20) scale(1.05)"],
      ["frond", "mid", "translate(815 70) rotate(170) scale(.95)"],
      ["frond", "near", "translate(815 -18) rotate(128) scale(.9)"],
      ["monstera", "near", "translate(800 70) rotate(58) scale(.8)"],
    ],
    flies: [[430, 60, 2.2], [505, 112, 1.8], [575, 84, 2.8], [622, 138, 2], [668, 104, 1.6], [360, 118, 1.5]],
  },
  door: {
    box: "0 0 600 800",
    fit: "xMidYMin slice",
    light: [[310, 330, 230, 190, .75], [180, 150, 110, 60, .7]],
    leaves: [
      ["frond", "far", "translate(-20 150) rotate(-8) scale(1.5)"],
      ["frond", "far", "translate(620 210) rotate(160) scale(1.6)"],
      ["monstera", "far", "translate(330 -60) rotate(12) scale(1.5)"],
      ["frond", "far", "translate(620 560) rotate(170) scale(1.2)"],
      ["frond", "mid", "translate(-30 -10) rotate(24) scale(1.6)"],
      ["frond", "mid", "translate(640 40) rotate(146) scale(1.6)"],
      ["monstera", "mid", "translate(640 520) rotate(58) scale(1.25)"],
      ["monstera", "near", "translate(20 -50) rotate(-34) scale(1.5)"],
      ["frond", "near", "translate(620 -40) rotate(120) scale(1.5)"],
      ["frond", "near", "translate(640 760) rotate(208) scale(1.1)"],
    ],
    flies: [
      [180, 380, 4],
      [250, 300, 3],
      [330, 420, 5],
      [420, 350, 3],
      [120, 330, 2.5],
      [505, 440, 2.5],
      [400, 455, 3],
      [215, 455, 2.5],
    ],
  },
} satisfies Record<string, Scene>;

type Props = {
  title: string;
  /** The chart in one sentence, for those who do not see it. */
  said: string;
  /** The largest value, in words. */
  most: string;
  values: number[];
  /** Under the first, the middle and the last bar. */
  labels: string[];
  colour?: "glow" | "clay";
};

/** Bars. What they say stands in the table beside; the drawing needs no script. */
export function Chart({ title, said, most, values, labels, colour }: Props) {
  const top = Math.max(...values) || 1;
  return (
    <figure class="card chart" data-colour={colour}>
      <figcaption class="row between">
        <h3>{title}</h3>
        <span class="s soft num">{most}</span>
      </figcaption>
      <svg viewBox={`0 0 ${values.length * 10} 100`} preserveAspectRatio="none" role="img" aria-label={said}>
        <path class="ground" d={`M0 99.5H${values.length * 10}`} />
        {values.map((value, i) => {
          const height = value > 0 ? Math.max(2, 98 * value / top) : 0;
          return <rect key={labels[0] + i} x={i * 10 + 1} y={100 - height} width={8} height={height} />;
        })}
      </svg>
      <p class="row between s muted num" aria-hidden="true">
        {labels.map((label) => <span key={label}>{label}</span>)}
      </p>
    </figure>
  );
}

/** Bars of numbers by day, drawn as SVG: one colour, so that nothing has to be told apart by it. */

interface DayBarsProps {
  /** What the numbers are, for who hears the picture instead of seeing it. */
  label: string;
  /** One a day, oldest first. */
  values: readonly number[];
  /** The highest bar that the picture has room for; the same in pictures that are to be compared. */
  max: number;
  /** Units of the picture, of which each day has `DAY_WIDTH` across. */
  height: number;
}

/** A bar and the gap after it. */
const DAY_WIDTH = 8;
const BAR_WIDTH = 6;
/** So that one view beside a thousand still shows. */
const LEAST_HEIGHT = 2;

/** Bars on a base line, as wide as its place. The numbers themselves belong into a table nearby. */
export function DayBars({ label, values, max, height }: DayBarsProps) {
  const width = values.length * DAY_WIDTH;
  const bars = values.map((value, day) => {
    if (value === 0) return '';
    const size = Math.max(LEAST_HEIGHT, Math.round((value / max) * height));
    return `M${day * DAY_WIDTH} ${height - size}h${BAR_WIDTH}v${size}h-${BAR_WIDTH}z`;
  });
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${width} ${height + 1}`}
      width="100%"
      height={height}
      preserveAspectRatio="none"
    >
      <path d={`${bars.join('')}M0 ${height}h${width}v1h-${width}z`} />
    </svg>
  );
}

type Shape = "stripes" | "thin stripes" | "dots" | "grid" | "crosses" | "lines";

export type ChartPattern = {
  /** Unique on the page; a fill refers to it as `url(#id)`. */
  id: string;
  shape: Shape;
  /** A color's name in globals.css, for the ground and for the shape. */
  on: string;
  color: string;
};

/** Fills for a chart's parts, so that people can tell them apart without their color. */
export const ChartPatterns = ({ patterns }: { patterns: readonly ChartPattern[] }) => (
  <defs>
    {patterns.map(({ id, shape, on, color }) => (
      <pattern
        key={id}
        id={id}
        width="6"
        height="6"
        patternUnits="userSpaceOnUse"
        patternTransform={shape.endsWith("stripes") ? "rotate(45)" : undefined}
      >
        <rect width="6" height="6" fill={`var(--${on})`} />
        {shape === "dots" ? (
          <circle cx="3" cy="3" r="1.8" fill={`var(--${color})`} />
        ) : (
          <path d={PATHS[shape][0]} stroke={`var(--${color})`} strokeWidth={PATHS[shape][1]} />
        )}
      </pattern>
    ))}
  </defs>
);

/** Each shape as a path and its width. */
const PATHS: Record<Exclude<Shape, "dots">, [string, number]> = {
  stripes: ["M1.5 0v6", 3],
  "thin stripes": ["M1 0v6", 2],
  grid: ["M0 3h6M3 0v6", 1.3],
  crosses: ["M0 0l6 6M6 0l-6 6", 1.4],
  lines: ["M0 5h6", 1],
};

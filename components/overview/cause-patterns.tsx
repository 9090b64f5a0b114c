import type { CancelCause } from "@/lib/contract/overview";

/** The color and pattern of each cause. */
export const CAUSE_FILLS: Record<CancelCause, string> = {
  Duplicate: "var(--status-running)",
  Stuck: "url(#cause-stuck)",
  Abuse: "url(#cause-abuse)",
  Other: "url(#cause-other)",
  "No reason": "url(#cause-none)",
};

/** The fills that add a pattern to the color: stripes, dots, a grid and an outline. */
export function CausePatterns() {
  return (
    <defs>
      <pattern
        id="cause-stuck"
        width="6"
        height="6"
        patternUnits="userSpaceOnUse"
        patternTransform="rotate(45)"
      >
        <rect width="6" height="6" fill="var(--warn-tint)" />
        <rect width="3" height="6" fill="var(--status-partial)" />
      </pattern>
      <pattern id="cause-abuse" width="6" height="6" patternUnits="userSpaceOnUse">
        <rect width="6" height="6" fill="var(--danger-tint)" />
        <circle cx="3" cy="3" r="1.8" fill="var(--status-failed)" />
      </pattern>
      <pattern id="cause-other" width="6" height="6" patternUnits="userSpaceOnUse">
        <rect width="6" height="6" fill="var(--success-tint)" />
        <path d="M0 3h6M3 0v6" stroke="var(--status-succeeded)" strokeWidth="1.2" />
      </pattern>
      <pattern id="cause-none" width="6" height="6" patternUnits="userSpaceOnUse">
        <rect width="6" height="6" fill="var(--sunken)" />
        <path d="M0 5h6" stroke="var(--control)" strokeWidth="1" />
      </pattern>
    </defs>
  );
}

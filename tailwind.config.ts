import type { Config } from "tailwindcss";

/** The names of the design tokens; their light and dark values are in app/globals.css. */
const token = (name: string) => `var(--${name})`;

const STATUSES = ["queued", "dispatching", "running", "succeeded", "failed", "partial", "canceled"];

export default {
  content: [],
  theme: {
    colors: {
      transparent: "transparent",
      current: "currentColor",
      white: "#fff",
      canvas: token("canvas"),
      surface: token("surface"),
      sunken: token("sunken"),
      hover: token("hover"),
      line: { DEFAULT: token("line"), strong: token("line-strong") },
      control: token("control"),
      ink: { DEFAULT: token("ink"), muted: token("ink-muted"), faint: token("ink-faint") },
      accent: { DEFAULT: token("accent"), solid: token("accent-solid"), tint: token("accent-tint") },
      danger: { DEFAULT: token("danger"), solid: token("danger-solid"), tint: token("danger-tint") },
      success: { DEFAULT: token("status-succeeded"), tint: token("success-tint") },
      found: token("found"),
      warn: { DEFAULT: token("status-partial"), tint: token("warn-tint") },
      status: Object.fromEntries(STATUSES.map((status) => [status, token(`status-${status}`)])),
      backdrop: token("backdrop"),
    },
    fontSize: {
      xs: ["0.6875rem", "1rem"],
      sm: ["0.75rem", "1rem"],
      base: ["0.8125rem", "1.25rem"],
      md: ["0.875rem", "1.25rem"],
      lg: ["1rem", "1.5rem"],
      // The main figures of a page.
      xl: ["1.375rem", "1.75rem"],
    },
    fontFamily: {
      sans: [
        "var(--font-sans)",
        "system-ui",
        "-apple-system",
        '"Segoe UI"',
        "Roboto",
        "Ubuntu",
        '"Noto Sans"',
        "sans-serif",
      ],
      mono: [
        "ui-monospace",
        "SFMono-Regular",
        '"Cascadia Mono"',
        '"Segoe UI Mono"',
        "Menlo",
        "Consolas",
        '"DejaVu Sans Mono"',
        "monospace",
      ],
    },
    borderRadius: { none: "0", sm: "4px", DEFAULT: "6px", lg: "10px", full: "9999px" },
    boxShadow: { popup: token("shadow-popup"), none: "none" },
  },
} satisfies Config;

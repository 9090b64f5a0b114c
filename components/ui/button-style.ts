import { cx } from "./class-names";

export type ButtonVariant = "primary" | "secondary" | "ghost" | "danger" | "danger-quiet" | "accent-quiet";
export type ButtonSize = "sm" | "md";

const BASE =
  "inline-flex shrink-0 select-none items-center justify-center gap-1.5 rounded font-medium whitespace-nowrap transition-colors duration-100 " +
  "disabled:opacity-55 aria-disabled:opacity-55 disabled:cursor-not-allowed aria-disabled:cursor-not-allowed";

/** Forced colors drop backgrounds, so every button has a border, normally transparent. */
const VARIANT: Record<ButtonVariant, string> = {
  primary: "border border-transparent bg-accent-solid text-white not-aria-disabled:hover:brightness-110",
  secondary: "border border-line-strong bg-surface text-ink not-aria-disabled:hover:bg-hover",
  ghost: "text-ink-muted not-aria-disabled:hover:bg-hover not-aria-disabled:hover:text-ink",
  danger: "border border-transparent bg-danger-solid text-white not-aria-disabled:hover:brightness-110",
  "danger-quiet": "border border-line-strong bg-surface text-danger not-aria-disabled:hover:bg-danger-tint",
  "accent-quiet":
    "border border-line-strong bg-accent-tint text-accent not-aria-disabled:hover:border-accent",
};

const SIZE: Record<ButtonSize, string> = { sm: "h-7 px-2 text-sm", md: "h-8 px-3 text-base" };

/** A button's look, also for links that look like buttons. */
export const buttonStyle = (
  variant: ButtonVariant = "secondary",
  size: ButtonSize = "md",
  className?: string,
): string => cx(BASE, VARIANT[variant], SIZE[size], className);

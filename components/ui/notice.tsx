import type { ReactNode } from "react";
import { cx } from "./class-names";

export type NoticeTone = "info" | "success" | "warn" | "danger";

const TONE: Record<NoticeTone, string> = {
  info: "bg-accent-tint border-accent/25",
  success: "bg-success-tint border-success/25",
  warn: "bg-warn-tint border-warn/30",
  danger: "bg-danger-tint border-danger/25",
};

type Props = { tone: NoticeTone; role?: "status" | "alert"; children: ReactNode; className?: string };

export function Notice({ tone, role, children, className }: Props) {
  return (
    <div role={role} className={cx("text-ink rounded border px-3 py-2 text-base", TONE[tone], className)}>
      {children}
    </div>
  );
}

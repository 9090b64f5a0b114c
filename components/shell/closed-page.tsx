import type { ReactNode } from "react";
import { cx } from "@/components/ui/class-names";
import { explainMissing } from "@/lib/client/explain-missing";
import type { Permission } from "@/lib/states/permissions";
import { NAV_ITEM } from "./nav-item";

/** Not hidden: who may not go there learns that it is there, and what it takes. */
export function ClosedPage({ permission, children }: { permission: Permission; children: ReactNode }) {
  const missing = explainMissing("this page", permission);
  return (
    <span
      role="link"
      aria-disabled
      aria-describedby={`closed-${permission}`}
      tabIndex={0}
      title={missing}
      className={cx(NAV_ITEM, "text-ink-faint cursor-not-allowed")}
    >
      {children}
      <span id={`closed-${permission}`} hidden>
        {missing}
      </span>
    </span>
  );
}

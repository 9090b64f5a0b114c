"use client";

import { ShieldCheck } from "lucide-react";
import { Button } from "@/components/ui/button";
import type { AuditEntry } from "@/lib/contract/audit";
import { useVerification } from "./use-verification";
import { VerifyOutcome } from "./verify-outcome";

type Props = { entry: AuditEntry; chainOwner: string };

/** Verifies in this browser that the entry is unchanged since it was sealed, and lists the checks. */
export function VerifyEntry({ entry, chainOwner }: Props) {
  const { start, outcome, isPending } = useVerification(async () => {
    const [{ verifyEntry }, { explainEntryCheck }] = await Promise.all([
      import("@/lib/client/verify-audit"),
      import("./explain-check"),
    ]);
    return explainEntryCheck(entry, await verifyEntry(entry), chainOwner);
  });
  return (
    <div className="grid justify-items-end gap-2 max-sm:w-full max-sm:justify-items-stretch sm:max-w-lg">
      <Button isBusy={isPending} onClick={start}>
        {!isPending && <ShieldCheck aria-hidden className="size-3.5" />}
        Verify
      </Button>
      <VerifyOutcome outcome={outcome} />
    </div>
  );
}

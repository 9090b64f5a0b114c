"use client";

import { ShieldCheck } from "lucide-react";
import { Button } from "@/components/ui/button";
import type { AuditEntry } from "@/lib/contract/audit";
import { useVerification } from "./use-verification";
import { VerifyOutcome } from "./verify-outcome";

/** Hashes the entries on this page in the browser, and follows the links between them. */
export function VerifyList({ entries }: { entries: AuditEntry[] }) {
  const { start, outcome, isPending } = useVerification(async () => {
    const [{ verifyEntries }, { explainEntriesCheck }] = await Promise.all([
      import("@/lib/client/verify-audit"),
      import("./explain-check"),
    ]);
    return explainEntriesCheck(await verifyEntries(entries));
  });
  return (
    <>
      <Button size="sm" className="max-sm:flex-1" isBusy={isPending} onClick={start}>
        {!isPending && <ShieldCheck aria-hidden className="size-3.5" />}
        Verify this page
      </Button>
      <VerifyOutcome outcome={outcome} className="mt-2" />
    </>
  );
}

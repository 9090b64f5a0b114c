import type { Metadata } from "next";
import { Suspense } from "react";
import { NewPlan } from "@/components/cancellation-batches/new-plan";
import { EntityLoading } from "@/components/shell/loading";
import { KeyValues } from "@/components/ui/key-values";
import { Skeleton } from "@/components/ui/skeleton";
import { paths } from "@/lib/client/paths";
import { readParam } from "@/lib/client/run-filters";
import { consolePage } from "../../console-page";
import { loadSelection } from "./load-selection";
import { SelectionCount } from "./selection-count";

export const metadata: Metadata = { title: "New bulk cancellation" };

const PAGE = { permission: "runs.read", path: paths.newCancellation, loading: <EntityLoading /> } as const;

export default consolePage(PAGE, async ({ caller, search }) => {
  const q = readParam(search, "q").trim();
  const org = readParam(search, "org").trim();
  const { customer, models, lines, error } = await loadSelection(caller, q, org);
  const isUnknown = org !== "" && !customer;
  const mayCount = q !== "" && !error && !isUnknown;
  return (
    <NewPlan
      selection={{ q, org, orgId: customer?.id }}
      models={models}
      error={error ?? (isUnknown ? { sentence: `Unknown customer “${org}”.`, at: undefined } : undefined)}
      startReason={readParam(search, "reason")}
      viewer={{
        mayCancelBulk: caller.permissions.has("runs.cancel.bulk"),
        mayReadAudit: caller.permissions.has("audit.read"),
      }}
    >
      {mayCount && (
        <>
          <div className="border-t px-4 py-3">
            <Suspense fallback={<Skeleton className="h-7 w-40" />}>
              <SelectionCount caller={caller} q={q} orgId={customer?.id} />
            </Suspense>
          </div>
          <div className="border-t py-1">
            <KeyValues items={lines} />
          </div>
        </>
      )}
    </NewPlan>
  );
});

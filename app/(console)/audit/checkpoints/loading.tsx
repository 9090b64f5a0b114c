import { RunTableSkeleton } from "@/components/runs/run-table-skeleton";
import { PageHeader } from "@/components/ui/page-header";

export default function CheckpointsLoading() {
  return (
    <div aria-busy className="flex flex-1 flex-col">
      <PageHeader title="Checkpoints" />
      <p role="status" className="sr-only">
        Loading the checkpoints…
      </p>
      <div className="bg-surface flex-1 border-t">
        <RunTableSkeleton />
      </div>
    </div>
  );
}

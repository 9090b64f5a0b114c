import { listLoading } from "@/components/shell/loading";
import { Skeleton } from "@/components/ui/skeleton";

export default listLoading({
  title: "Audit trail",
  // On narrow screens the buttons take their own line.
  head: (
    <div aria-hidden className="flex w-full gap-3 sm:hidden">
      <Skeleton className="h-7 flex-1" />
      <Skeleton className="h-7 flex-1" />
    </div>
  ),
  filters: { chips: ["w-18", "w-20", "w-24", "w-18"], boxes: ["flex-1", "w-28 md:w-40"] },
});

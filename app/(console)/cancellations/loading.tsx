import { listLoading } from "@/components/shell/loading";

export default listLoading({ title: "Cancellations", filters: { chips: ["w-16"] } });

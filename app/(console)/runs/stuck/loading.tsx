import { listLoading } from "@/components/shell/loading";

export default listLoading({ title: "Stuck runs", filters: { chips: ["w-20", "w-24"] } });

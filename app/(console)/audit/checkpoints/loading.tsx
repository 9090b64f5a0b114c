import { listLoading } from "@/components/shell/loading";

export default listLoading({ title: "Checkpoints" });

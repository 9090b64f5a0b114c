import { listLoading } from "@/components/shell/loading";

export default listLoading({
  title: "Runs",
  filters: { chips: ["w-20", "w-20", "w-24", "w-20", "w-16"], boxes: ["flex-1"], tools: ["w-40"] },
});

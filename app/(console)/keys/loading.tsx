import { listLoading } from "@/components/shell/loading";

export default listLoading({
  title: "Keys",
  filters: { chips: ["w-16", "w-16", "w-24", "w-20"], boxes: ["flex-1 md:max-w-96"] },
});

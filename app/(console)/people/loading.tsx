import { listLoading } from "@/components/shell/loading";

export default listLoading({
  title: "People",
  filters: { chips: ["w-16", "w-16"], boxes: ["flex-1 md:max-w-72"] },
});

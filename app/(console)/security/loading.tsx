import { listLoading } from "@/components/shell/loading";

export default listLoading({
  title: "Denied requests",
  filters: { chips: ["w-16", "w-20", "w-18", "w-24", "w-18"], boxes: ["w-36 md:w-44", "flex-1 md:max-w-80"] },
});

import { entityLoading } from "@/components/shell/loading";

export default entityLoading();

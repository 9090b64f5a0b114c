import { listLoading } from "@/components/shell/loading";
import { WebhookTabs } from "@/components/webhooks/webhook-tabs";

export default listLoading({
  title: "Deliveries",
  tabs: <WebhookTabs here="Deliveries" />,
  filters: { chips: ["w-18", "w-20", "w-24"], boxes: ["flex-1 md:max-w-96"] },
});

import { listLoading } from "@/components/shell/loading";
import { WebhookTabs } from "@/components/webhooks/webhook-tabs";

export default listLoading({
  title: "Webhooks",
  tabs: <WebhookTabs here="Webhooks" />,
  filters: { chips: ["w-28"] },
});

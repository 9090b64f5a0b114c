import { listLoading } from "@/components/shell/loading";
import { WebhookTabs } from "@/components/webhooks/webhook-tabs";

export default listLoading({
  title: "Signing secrets",
  tabs: <WebhookTabs here="Secrets" />,
  filters: { chips: ["w-28"] },
});

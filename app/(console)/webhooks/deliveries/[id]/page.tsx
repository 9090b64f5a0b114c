import type { Metadata } from "next";
import { DeliveryDetails } from "@/components/deliveries/delivery-details";
import { EntityLoading } from "@/components/shell/loading";
import { AutoRefresh } from "@/components/ui/auto-refresh";
import { paths } from "@/lib/client/paths";
import { entityPage } from "../../../console-page";
import { loadDelivery } from "./load-delivery";

export const metadata: Metadata = { title: "Delivery" };

const PAGE = { permission: "runs.read", path: paths.delivery, loading: <EntityLoading /> } as const;

export default entityPage(PAGE, async ({ caller, id }) => {
  const { watchForMs, ...shown } = await loadDelivery(caller, id);
  return (
    <>
      <AutoRefresh forMs={watchForMs} />
      <DeliveryDetails
        {...shown}
        mayRedeliver={caller.permissions.has("deliveries.redeliver")}
        mayManage={caller.permissions.has("webhooks.manage")}
      />
    </>
  );
});

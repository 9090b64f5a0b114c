import { EntityLoading } from "@/components/shell/loading";
import type { Metadata } from "next";
import { DeliveryDetails } from "@/components/deliveries/delivery-details";
import { AutoRefresh } from "@/components/ui/auto-refresh";
import { paths } from "@/lib/client/paths";
import { entityPage } from "../../../console-page";
import { loadDelivery } from "./load-delivery";

export const metadata: Metadata = { title: "Delivery" };

export default entityPage(
  "runs.read",
  paths.delivery,
  async ({ caller, id }) => {
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
  },
  { loading: <EntityLoading /> },
);

import type { Metadata } from "next";
import { DeliveryDetails } from "@/components/deliveries/delivery-details";
import { Refused } from "@/components/shell/refused";
import { AutoRefresh } from "@/components/ui/auto-refresh";
import { paths } from "@/lib/client/paths";
import { requireCaller } from "@/lib/platform/http/session";
import { loadDelivery } from "./load-delivery";

export const metadata: Metadata = { title: "Delivery" };

type Props = { params: Promise<{ id: string }> };

export default async function DeliveryPage({ params }: Props) {
  const { id } = await params;
  const caller = await requireCaller(paths.delivery(id));
  if (!caller.person.isVerified) return <Refused because="unverified" />;
  if (!caller.permissions.has("runs.read")) return <Refused because="permission" permission="runs.read" />;
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
}

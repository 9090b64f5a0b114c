"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { Spinner } from "@/components/ui/spinner";
import { deliveryOptions } from "@/lib/client/deliveries";
import { paths } from "@/lib/client/paths";
import type { Delivery } from "@/lib/contract/deliveries";
import { describeAnswer } from "./attempt-errors";
import { DeliverySentence } from "./delivery-sentence";

/** The result of a redelivery, next to its button. */
export function RedeliveryResult({ id }: { id: string }) {
  const { data } = useQuery(deliveryOptions(id));
  const isSending = !data || (data.attempt_count === 0 && !data.paused_until && data.state === "pending");
  return (
    <span className="inline-flex flex-wrap items-center gap-x-1.5">
      {isSending ? (
        <>
          <Spinner className="size-3.5" /> Sending…
        </>
      ) : (
        <span className={data.state === "delivered" ? "text-success" : "text-danger"}>
          <Outcome delivery={data} />
        </span>
      )}
      <Link href={paths.delivery(id)} prefetch={false} className="text-accent underline">
        View new delivery
      </Link>
    </span>
  );
}

function Outcome({ delivery }: { delivery: Delivery }) {
  if (delivery.state === "delivered") return `Delivered: ${describeAnswer(delivery)}.`;
  return (
    <>
      {delivery.attempt_count > 0 && `Failed: ${describeAnswer(delivery)}. `}
      <DeliverySentence delivery={delivery} />
    </>
  );
}

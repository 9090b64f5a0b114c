import Link from "next/link";
import type { ReactNode } from "react";
import { RelativeTime } from "@/components/ui/relative-time";
import { paths } from "@/lib/client/paths";
import type { DeliveryWithAttempts } from "@/lib/contract/deliveries";
import { AttemptList } from "./attempt-list";
import { DeliverySentence } from "./delivery-sentence";
import { DeliveryState } from "./delivery-state";

type Props = { delivery: DeliveryWithAttempts; children?: ReactNode };

/** One delivery: its state, its next step, and every attempt. */
export function DeliveryItem({ delivery, children }: Props) {
  const { id, webhook_id, cause, event, url, attempts } = delivery;
  return (
    <li className="grid gap-1.5">
      <div className="flex flex-wrap items-center justify-between gap-x-3">
        <span className="font-medium">
          {webhook_id ? "Webhook" : "Callback"}
          {cause === "redelivery" && ", again"}:{" "}
          <Link href={paths.delivery(id)} prefetch={false} className="hover:underline">
            <code className="mono">{event}</code>
          </Link>
        </span>
        <DeliveryState delivery={delivery} />
      </div>
      <p className="mono text-ink-muted wrap-anywhere">{url}</p>
      {children}
      <p className="text-ink-muted">
        <DeliverySentence delivery={delivery} />
      </p>
      {attempts.length > 0 && (
        <details>
          <summary className="text-accent w-fit cursor-pointer py-0.5">
            {attempts.length === 1 ? "1 attempt" : `${attempts.length} attempts`}
            <span className="text-ink-muted">
              , the last <RelativeTime time={attempts.at(-1)!.started_at} />
            </span>
          </summary>
          <AttemptList attempts={attempts} />
        </details>
      )}
    </li>
  );
}

"use client";

import { RequestFailure } from "@/components/ui/request-failure";
import { Button } from "@/components/ui/button";
import { Moment } from "@/components/ui/moment";
import { Notice } from "@/components/ui/notice";
import { useChange } from "@/lib/client/use-change";
import { resumeWebhook } from "@/lib/client/webhooks";
import type { Webhook } from "@/lib/contract/webhooks";

type Props = { webhook: Webhook; /** The endpoint's pending deliveries. */ waiting: number };

/** On a webhook's page while deliveries fail: explains the pause, and offers to send now. */
export function PausedNotice({ webhook: { id, paused_until, failures_in_row }, waiting }: Props) {
  const { mutate, isPending, isSettling, error, data } = useChange(() => resumeWebhook(id));
  const isFailing = paused_until !== null || (failures_in_row > 0 && waiting > 0);
  if (!isFailing && !data) return null;
  if (!isFailing)
    return (
      <Notice tone="success" role="status" className="mx-4 mt-4 lg:mx-6">
        Resumed. {count(data!.sent_count)} sent now; see the results below.
      </Notice>
    );
  return (
    <Notice
      tone="warn"
      className="mx-4 mt-4 flex flex-wrap items-center justify-between gap-x-6 gap-y-2 lg:mx-6"
    >
      <div>
        <p className="font-medium">
          {paused_until ? (
            <>
              Paused until <Moment time={paused_until} /> after {failuresOf(failures_in_row)}
            </>
          ) : (
            failuresOf(failures_in_row)
          )}
        </p>
        <p>{waiting === 0 ? "No deliveries are waiting." : `${count(waiting)} waiting for this endpoint.`}</p>
        {error && <RequestFailure error={error} isRepeatable />}
      </div>
      <Button variant="primary" isBusy={isPending || isSettling} onClick={() => mutate(undefined)}>
        {label(paused_until !== null, waiting)}
      </Button>
    </Notice>
  );
}

const count = (deliveries: number): string =>
  deliveries === 1 ? "1 delivery" : `${deliveries.toLocaleString("en")} deliveries`;

const failuresOf = (count: number): string =>
  count === 1 ? "1 failure" : `${count.toLocaleString("en")} failures in a row`;

const label = (isPaused: boolean, waiting: number): string =>
  waiting === 0
    ? "Resume"
    : isPaused
      ? `Resume and send ${count(waiting)} now`
      : `Send ${count(waiting)} now`;

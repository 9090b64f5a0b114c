"use client";

import Link from "next/link";
import { type RefObject, useRef, useState } from "react";
import { EVENT_WORDS } from "@/components/deliveries/event-words";
import { RequestFailure } from "@/components/shell/request-failure";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { LeaveButton } from "@/components/ui/leave-button";
import { Notice } from "@/components/ui/notice";
import { paths } from "@/lib/client/paths";
import { useChange } from "@/lib/client/use-change";
import { testWebhook } from "@/lib/client/webhooks";
import type { Webhook } from "@/lib/contract/webhooks";
import { EVENT_TYPES, type EventType } from "@/lib/states/delivery";

type Props = {
  webhook: Webhook;
  isOpen: boolean;
  button: RefObject<HTMLButtonElement | null>;
  onClose: () => void;
};

/** Sends an event about an invented run, signed and retried as any other. */
export function TestDialog({ webhook, isOpen, button, onClose }: Props) {
  const [event, setEvent] = useState<EventType>(webhook.event_types[0] ?? "run.completed");
  const first = useRef<HTMLInputElement>(null);
  const test = useChange((chosen: EventType) => testWebhook(webhook.id, chosen));
  const close = () => {
    test.reset();
    onClose();
  };
  return (
    <Dialog
      labelledBy="test-title"
      isOpen={isOpen}
      isBusy={test.isPending}
      onClose={close}
      initialFocus={first}
      finalFocus={button}
      className="w-[28rem]"
    >
      <div className="grid gap-3 px-5 py-4">
        <h2 id="test-title" className="text-lg font-semibold">
          Send a test
        </h2>
        <p className="text-ink-muted">
          An event about an invented run goes to{" "}
          <span className="mono text-ink wrap-anywhere">{webhook.url}</span>, signed and repeated as any
          other. Its metadata says <code className="mono">test</code>.
        </p>
        <fieldset>
          <legend className="font-medium">As if a run …</legend>
          <div className="mt-1 grid">
            {EVENT_TYPES.map((type) => (
              <label key={type} className="hover:bg-hover flex min-h-8 items-center gap-2.5 rounded px-1.5">
                <input
                  ref={type === event ? first : undefined}
                  type="radio"
                  name="test-event"
                  checked={type === event}
                  onChange={() => setEvent(type)}
                  className="size-3.5 shrink-0"
                />
                <span>
                  {EVENT_WORDS[type]} <code className="mono text-ink-muted text-sm">{type}</code>
                </span>
              </label>
            ))}
          </div>
        </fieldset>
        {test.data && (
          <Notice tone="success" role="status">
            It is on its way:{" "}
            <Link href={paths.delivery(test.data.id)} className="text-accent underline">
              see what comes of it
            </Link>
            .
          </Notice>
        )}
        {test.error && <RequestFailure error={test.error} />}
      </div>
      <div className="flex flex-wrap justify-end gap-2 border-t px-5 py-3 max-sm:*:flex-1">
        <LeaveButton>Close</LeaveButton>
        <Button
          variant="primary"
          isBusy={test.isPending || test.isSettling}
          onClick={() => test.mutate(event)}
        >
          {test.data ? "Send another" : "Send"}
        </Button>
      </div>
    </Dialog>
  );
}

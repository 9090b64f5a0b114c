"use client";

import Link from "next/link";
import { useState } from "react";
import { EVENT_WORDS } from "@/components/deliveries/event-words";
import type { DialogProps } from "@/components/ui/dialog-state";
import { FormDialog } from "@/components/ui/form-dialog";
import { Notice } from "@/components/ui/notice";
import { paths } from "@/lib/client/paths";
import { useChange } from "@/lib/client/use-change";
import { testWebhook } from "@/lib/client/webhooks";
import type { Webhook } from "@/lib/contract/webhooks";
import { EVENT_TYPES, type EventType } from "@/lib/states/delivery";

/** Sends an event about a nonexistent run, signed and retried like a real one. */
export function TestDialog({ webhook, ...dialog }: DialogProps & { webhook: Webhook }) {
  const [event, setEvent] = useState<EventType>(webhook.event_types[0] ?? "run.completed");
  const test = useChange((chosen: EventType) => testWebhook(webhook.id, chosen));
  const close = () => {
    test.reset();
    dialog.onClose();
  };
  return (
    <FormDialog
      {...dialog}
      onClose={close}
      title="Send a test"
      text={
        <p>
          Sends a sample event to <span className="mono text-ink wrap-anywhere">{webhook.url}</span>, signed
          and retried like a real one. Its metadata says <code className="mono">test</code>.
        </p>
      }
      keep="Close"
      submit={test.data ? "Send another" : "Send"}
      submitting="Sending…"
      isBusy={test.isPending || test.isSettling}
      failure={test.error}
      onSubmit={() => test.mutate(event)}
      width="w-[28rem]"
    >
      <fieldset>
        <legend className="font-medium">Event</legend>
        <div className="mt-1 grid">
          {EVENT_TYPES.map((type) => (
            <label key={type} className="hover:bg-hover flex min-h-8 items-center gap-2.5 rounded px-1.5">
              <input
                type="radio"
                name="test-event"
                checked={type === event}
                onChange={() => setEvent(type)}
                className="size-3.5 shrink-0"
              />
              <span>
                Run {EVENT_WORDS[type]} <code className="mono text-ink-muted text-sm">{type}</code>
              </span>
            </label>
          ))}
        </div>
      </fieldset>
      {test.data && (
        <Notice tone="success" role="status">
          Queued.{" "}
          <Link href={paths.delivery(test.data.id)} className="text-accent underline">
            View the delivery
          </Link>
        </Notice>
      )}
    </FormDialog>
  );
}

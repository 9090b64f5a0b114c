"use client";

import { useRef, useState } from "react";
import { RequestFailure } from "@/components/shell/request-failure";
import { Button } from "@/components/ui/button";
import { latePart } from "@/components/ui/late-part";
import { useChange } from "@/lib/client/use-change";
import { updateWebhook } from "@/lib/client/webhooks";
import type { Webhook } from "@/lib/contract/webhooks";

const WebhookDialog = latePart(() => import("./webhook-dialog").then((module) => module.WebhookDialog));
const TestDialog = latePart(() => import("./test-dialog").then((module) => module.TestDialog));
const EndDialog = latePart(() => import("./end-dialog").then((module) => module.EndDialog));

type Open = "test" | "edit" | "disable" | "delete";

/** What can be done to a webhook. */
export function WebhookActions({ webhook, customer }: { webhook: Webhook; customer: string }) {
  const [open, setOpen] = useState<Open>();
  const [loaded, setLoaded] = useState<Open[]>([]);
  const [isTest, isEdit, isEnd] = [useRef(null), useRef(null), useRef(null)];
  const enable = useChange(() => updateWebhook(webhook.id, { is_enabled: true }));
  const show = (what: Open) => {
    setLoaded([...loaded, what]);
    setOpen(what);
  };
  const close = () => setOpen(undefined);
  return (
    <div className="grid justify-items-end gap-1.5 max-sm:w-full max-sm:justify-items-stretch">
      <div className="flex flex-wrap gap-2 max-sm:*:flex-1">
        <Button
          ref={isTest}
          aria-disabled={!webhook.is_enabled}
          aria-describedby={webhook.is_enabled ? undefined : "test-disabled-reason"}
          onClick={() => show("test")}
        >
          Send a test
        </Button>
        <Button ref={isEdit} onClick={() => show("edit")}>
          Edit
        </Button>
        {webhook.is_enabled ? (
          <Button onClick={() => show("disable")}>Disable</Button>
        ) : (
          <Button isBusy={enable.isPending || enable.isSettling} onClick={() => enable.mutate(undefined)}>
            Enable
          </Button>
        )}
        <Button ref={isEnd} variant="danger-quiet" onClick={() => show("delete")}>
          Delete
        </Button>
      </div>
      {!webhook.is_enabled && (
        <p id="test-disabled-reason" className="text-ink-muted text-sm">
          While it is disabled nothing is sent to it, no test either.
        </p>
      )}
      {enable.error && <RequestFailure error={enable.error} isRepeatable />}
      {loaded.includes("test") && (
        <TestDialog webhook={webhook} isOpen={open === "test"} button={isTest} onClose={close} />
      )}
      {loaded.includes("edit") && (
        <WebhookDialog
          key={webhook.updated_at}
          webhook={webhook}
          isOpen={open === "edit"}
          button={isEdit}
          onClose={close}
        />
      )}
      {(["disable", "delete"] as const).map(
        (how) =>
          loaded.includes(how) && (
            <EndDialog key={how} {...{ how, webhook, customer }} isOpen={open === how} onClose={close} />
          ),
      )}
    </div>
  );
}

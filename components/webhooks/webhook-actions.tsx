"use client";

import { RequestFailure } from "@/components/ui/request-failure";
import { Button } from "@/components/ui/button";
import { useDialog } from "@/components/ui/dialog-state";
import { lazyDialog } from "@/components/ui/lazy-dialog";
import { useChange } from "@/lib/client/use-change";
import { updateWebhook } from "@/lib/client/webhooks";
import type { Webhook } from "@/lib/contract/webhooks";

const WebhookDialog = lazyDialog(() => import("./webhook-dialog").then((module) => module.WebhookDialog));
const TestDialog = lazyDialog(() => import("./test-dialog").then((module) => module.TestDialog));
const EndDialog = lazyDialog(() => import("./end-dialog").then((module) => module.EndDialog));

/** A webhook's actions. */
export function WebhookActions({ webhook, customer }: { webhook: Webhook; customer: string }) {
  const [test, edit, disable, remove] = [useDialog(), useDialog(), useDialog(), useDialog()];
  const enable = useChange(() => updateWebhook(webhook.id, { is_enabled: true }));
  return (
    <div className="grid justify-items-end gap-1.5 max-sm:w-full max-sm:justify-items-stretch">
      <div className="flex flex-wrap gap-2 max-sm:*:flex-1">
        <Button
          {...test.opener}
          aria-disabled={!webhook.is_enabled}
          aria-describedby={webhook.is_enabled ? undefined : "test-disabled-reason"}
        >
          Send a test
        </Button>
        <Button {...edit.opener}>Edit</Button>
        {webhook.is_enabled ? (
          <Button {...disable.opener}>Disable webhook</Button>
        ) : (
          <Button isBusy={enable.isPending || enable.isSettling} onClick={() => enable.mutate(undefined)}>
            Enable webhook
          </Button>
        )}
        <Button {...remove.opener} variant="danger-quiet">
          Delete
        </Button>
      </div>
      {!webhook.is_enabled && (
        <p id="test-disabled-reason" className="text-ink-muted text-sm">
          While it’s disabled, nothing is sent to it, including tests.
        </p>
      )}
      {enable.error && <RequestFailure error={enable.error} isRepeatable />}
      <TestDialog {...test.props} webhook={webhook} />
      <WebhookDialog key={webhook.updated_at} {...edit.props} webhook={webhook} />
      <EndDialog how="disable" {...disable.props} {...{ webhook, customer }} />
      <EndDialog how="delete" {...remove.props} {...{ webhook, customer }} />
    </div>
  );
}

"use client";

import { useState } from "react";
import type { z } from "zod";
import { CustomerSelect } from "@/components/organizations/customer-select";
import type { DialogProps } from "@/components/ui/dialog-state";
import { TextField } from "@/components/ui/field";
import { FormDialog } from "@/components/ui/form-dialog";
import type { Customer } from "@/lib/client/organizations";
import { useApiForm } from "@/lib/client/use-api-form";
import { useIdempotencyKey } from "@/lib/client/use-idempotency-key";
import { createWebhook, updateWebhook } from "@/lib/client/webhooks";
import { CreateWebhookBody, UpdateWebhookBody, type Webhook } from "@/lib/contract/webhooks";
import { EventChoice } from "./event-choice";
import { changesOf, findMissing, startDraft, toBody, type WebhookDraft } from "./webhook-draft";

type Props = DialogProps & {
  /** The webhook to change, if any. */
  webhook?: Webhook;
  /** The preselected customer of a new webhook. */
  customer?: Customer | undefined;
  onDone?: (webhook: Webhook) => void;
};

/** Creates or changes a webhook. */
export function WebhookDialog({ webhook, customer, onDone, ...dialog }: Props) {
  const [chosen, setChosen] = useState(customer);
  const { keyFor, forget } = useIdempotencyKey();
  const schema: z.ZodType<UpdateWebhookBody> = webhook ? UpdateWebhookBody : CreateWebhookBody;
  const form = useApiForm({
    start: startDraft(webhook, customer?.id),
    schema,
    toBody: (draft: WebhookDraft) => (webhook ? changesOf(webhook, draft) : toBody(draft)),
    missing: findMissing,
    send: (body, { org_id: orgId }) =>
      webhook
        ? updateWebhook(webhook.id, body)
        : createWebhook({
            orgId,
            body: body as CreateWebhookBody,
            idempotencyKey: keyFor([orgId, body]),
          }),
    onDone: (made) => {
      forget();
      if (!webhook) form.reset();
      dialog.onClose();
      onDone?.(made);
    },
  });
  const { values, set, register, problemAt } = form;
  return (
    <FormDialog
      {...dialog}
      {...form.props}
      title={webhook ? "Edit webhook" : "New webhook"}
      submit={webhook ? "Save changes" : "Create webhook"}
      submitting={webhook ? "Saving…" : "Creating…"}
      isRepeatable
    >
      {!webhook && (
        <CustomerSelect
          chosen={chosen}
          error={problemAt("org_id")}
          onChange={(next) => {
            setChosen(next);
            set("org_id", next?.id ?? "");
          }}
        />
      )}
      <TextField
        label="Address"
        {...register("url")}
        data-focus-first
        type="url"
        placeholder="https://hooks.example.com/runflow"
        autoComplete="off"
        spellCheck={false}
        className="mono"
      />
      <EventChoice
        chosen={values.event_types}
        error={problemAt("event_types")}
        onChange={(types) => set("event_types", types)}
      />
      <TextField
        label="Description"
        {...register("description")}
        hint={<p className="text-ink-muted text-sm">For your team; the customer doesn’t see it.</p>}
        autoComplete="off"
      />
    </FormDialog>
  );
}

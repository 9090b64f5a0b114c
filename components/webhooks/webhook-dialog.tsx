"use client";

import { type FormEvent, type RefObject, useRef, useState } from "react";
import { EVENT_WORDS } from "@/components/deliveries/event-words";
import { RequestFailure } from "@/components/shell/request-failure";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field, FieldError, Input, inputStyle } from "@/components/ui/field";
import { LeaveButton } from "@/components/ui/leave-button";
import { ApiError } from "@/lib/client/api-error";
import { plainStored } from "@/lib/client/bidi";
import { newIdempotencyKey } from "@/lib/client/idempotency-key";
import { useChange } from "@/lib/client/use-change";
import { createWebhook, updateWebhook } from "@/lib/client/webhooks";
import type { UpdateWebhookBody, Webhook } from "@/lib/contract/webhooks";
import { EVENT_TYPES, type EventType } from "@/lib/states/delivery";

type Org = { id: string; name: string };

type Props = {
  /** The webhook to change; none to make one. */
  webhook?: Webhook;
  /** For whom one can be made; the first is proposed. */
  orgs?: readonly Org[];
  isOpen: boolean;
  button: RefObject<HTMLButtonElement | null>;
  onClose: () => void;
  onDone?: (webhook: Webhook) => void;
};

type Wish = { orgId: string; url: string; event_types: EventType[]; description: string };

/** Makes or changes a webhook. */
export function WebhookDialog({ webhook, orgs = [], isOpen, button, onClose, onDone }: Props) {
  const address = useRef<HTMLInputElement>(null);
  const [idempotencyKey, setKey] = useState(newIdempotencyKey);
  const [wish, setWish] = useState<Wish>(() => startFrom(webhook, orgs));
  const [isAsked, setAsked] = useState(false);
  const change = useChange(
    ({ orgId, description, ...rest }: Wish) => {
      const body = { ...rest, url: rest.url.trim(), description: description.trim() || null };
      return webhook
        ? updateWebhook(webhook.id, changesOf(webhook, body))
        : createWebhook({ orgId, body, idempotencyKey });
    },
    (made) => {
      setAsked(false);
      setKey(newIdempotencyKey());
      if (!webhook) setWish(startFrom(undefined, orgs));
      onClose();
      onDone?.(made);
    },
  );
  const set = (part: Partial<Wish>) => {
    setWish({ ...wish, ...part });
    change.reset();
    // A key belongs to one body.
    setKey(newIdempotencyKey());
  };
  const problems = findProblems(wish, change.error, isAsked);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (change.isPending) return;
    setAsked(true);
    if (!wish.url.trim()) address.current?.focus();
    else if (wish.event_types.length === 0)
      event.currentTarget.querySelector<HTMLElement>("[type=checkbox]")?.focus();
    else change.mutate(wish);
  };

  return (
    <Dialog
      labelledBy="webhook-title"
      isOpen={isOpen}
      isBusy={change.isPending}
      onClose={onClose}
      initialFocus={address}
      finalFocus={button}
      className="w-[32rem]"
    >
      <form onSubmit={submit} noValidate>
        <div className="grid gap-4 px-5 py-4">
          <h2 id="webhook-title" className="text-lg font-semibold">
            {webhook ? "Edit webhook" : "New webhook"}
          </h2>
          {!webhook && (
            <Field id="webhook-org" label="Customer">
              <select
                id="webhook-org"
                value={wish.orgId}
                onChange={(event) => set({ orgId: event.target.value })}
                className={inputStyle("h-8")}
              >
                {orgs.map(({ id, name }) => (
                  <option key={id} value={id}>
                    {plainStored(name)}
                  </option>
                ))}
              </select>
            </Field>
          )}
          <Field id="webhook-url" label="Address" error={problems.url}>
            <Input
              ref={address}
              id="webhook-url"
              type="url"
              value={wish.url}
              error={problems.url}
              placeholder="https://hooks.example.com/runflow"
              autoComplete="off"
              spellCheck={false}
              onChange={(event) => set({ url: event.target.value })}
              className="mono"
            />
          </Field>
          <EventChoice
            chosen={wish.event_types}
            error={problems.event_types}
            onChange={(event_types) => set({ event_types })}
          />
          <Field
            id="webhook-description"
            label="Description"
            error={problems.description}
            hint={<p className="text-ink-muted text-sm">For people here; the customer doesn’t see it.</p>}
          >
            <Input
              id="webhook-description"
              value={wish.description}
              error={problems.description}
              autoComplete="off"
              onChange={(event) => set({ description: event.target.value })}
            />
          </Field>
          {change.error && !change.isPending && !problems.isPlaced && (
            <RequestFailure error={change.error} isRepeatable />
          )}
        </div>
        <div className="flex flex-wrap justify-end gap-2 border-t px-5 py-3 max-sm:*:flex-1">
          <LeaveButton>Close</LeaveButton>
          <Button type="submit" variant="primary" isBusy={change.isPending}>
            {webhook ? "Save changes" : "Create webhook"}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

type ChoiceProps = {
  chosen: EventType[];
  error: string | undefined;
  onChange: (types: EventType[]) => void;
};

function EventChoice({ chosen, error, onChange }: ChoiceProps) {
  return (
    <fieldset aria-describedby={error ? "webhook-events-error" : undefined}>
      <legend className="font-medium">Sent when a run …</legend>
      <div className="mt-1.5 grid gap-1 sm:grid-cols-2">
        {EVENT_TYPES.map((type) => (
          <label key={type} className="hover:bg-hover flex min-h-8 items-center gap-2.5 rounded px-1.5">
            <input
              type="checkbox"
              checked={chosen.includes(type)}
              onChange={({ target }) =>
                onChange(
                  EVENT_TYPES.filter((other) => (other === type ? target.checked : chosen.includes(other))),
                )
              }
              className="size-3.5 shrink-0"
            />
            <span>
              {EVENT_WORDS[type]} <code className="mono text-ink-muted block text-sm">{type}</code>
            </span>
          </label>
        ))}
      </div>
      <FieldError id="webhook-events" error={error} />
    </fieldset>
  );
}

const startFrom = (webhook: Webhook | undefined, orgs: readonly Org[]): Wish => ({
  orgId: webhook?.org_id ?? orgs[0]?.id ?? "",
  url: webhook?.url ?? "",
  event_types: webhook?.event_types ?? [...EVENT_TYPES],
  description: webhook?.description ?? "",
});

/** Only what differs is sent: what a colleague has changed meanwhile stays. */
function changesOf(
  webhook: Webhook,
  wish: Required<Pick<UpdateWebhookBody, "url" | "event_types" | "description">>,
) {
  return Object.fromEntries(
    Object.entries(wish).filter(([name, value]) => String(value) !== String(webhook[name as keyof Webhook])),
  );
}

/** What is wrong with each field: what can be seen here, or what the server said of it. */
function findProblems(wish: Wish, error: Error | null, isAsked: boolean) {
  const items = (error instanceof ApiError && error.errors) || [];
  const at = (field: string) => items.find(({ loc }) => loc[0] === "body" && loc[1] === field)?.msg;
  const problems = {
    url: isAsked && !wish.url.trim() ? "Enter the address." : at("url"),
    event_types: isAsked && wish.event_types.length === 0 ? "Choose at least one." : at("event_types"),
    description: at("description"),
  };
  return { ...problems, isPlaced: items.length > 0 && Object.values(problems).some(Boolean) };
}

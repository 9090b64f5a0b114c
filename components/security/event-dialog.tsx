"use client";

import Link from "next/link";
import { Button } from "@/components/ui/button";
import { Copyable } from "@/components/ui/copyable";
import { Dialog } from "@/components/ui/dialog";
import { DialogFooter, DialogTitle } from "@/components/ui/dialog-parts";
import type { DialogProps } from "@/components/ui/dialog-state";
import { KeyValues } from "@/components/ui/key-values";
import { Moment } from "@/components/ui/moment";
import { paths } from "@/lib/client/paths";
import type { SecurityFilters } from "@/lib/client/security-filters";
import type { SecurityEvent } from "@/lib/contract/security";
import { KIND_WORDS } from "./kind-words";

type Props = DialogProps & {
  event: SecurityEvent;
  customer: string | null;
  filters: SecurityFilters;
};

/** All details of one attempt, and links to similar ones. */
export function EventDialog({ event, customer, filters, ...dialog }: Props) {
  const { kind, status, code, method, path, actor, context, detail } = event;
  const more = (change: Partial<SecurityFilters>, words: string) => (
    <Link
      href={paths.security({ ...filters, ...change })}
      className="text-accent hover:underline"
      onClick={dialog.onClose}
    >
      {words}
    </Link>
  );
  return (
    <Dialog {...dialog} className="w-[36rem]">
      <div className="px-4 pt-4 pb-2">
        <DialogTitle>
          {KIND_WORDS[kind]}: {status} <code className="mono">{code}</code>
        </DialogTitle>
        <p className="text-ink-muted">
          <Moment time={event.occurred_at} />
        </p>
      </div>
      <div className="border-t">
        <KeyValues
          items={[
            {
              name: "Request",
              value: (
                <code className="mono">
                  {method} {path}
                </code>
              ),
            },
            { name: "Actor", value: actor.name },
            { name: "Key", value: actor.key_prefix && <code className="mono">{actor.key_prefix}…</code> },
            { name: "Actor ID", value: actor.id && <Copyable text={actor.id} what="actor ID" /> },
            { name: "Customer", value: customer },
            { name: "IP address", value: context.ip && <code className="mono">{context.ip}</code> },
            { name: "Client", value: context.user_agent },
            { name: "Request ID", value: <Copyable text={context.request_id} what="request ID" /> },
            {
              name: "Detail",
              value: detail && (
                <pre
                  className="mono max-h-64 overflow-auto whitespace-pre-wrap"
                  tabIndex={0}
                  aria-label="Detail"
                >
                  {JSON.stringify(detail, null, 2)}
                </pre>
              ),
            },
          ]}
        />
      </div>
      <DialogFooter className="gap-x-4">
        {actor.id && more({ actor: actor.id }, "View all by this actor")}
        {context.ip && more({ ip: context.ip }, "View all from this IP address")}
        <Button className="ml-auto" onClick={dialog.onClose}>
          Close
        </Button>
      </DialogFooter>
    </Dialog>
  );
}

"use client";

import type { ComponentProps } from "react";
import type { RunFacts } from "@/lib/client/runs";
import { Consequences } from "./consequences";
import { ReasonForm } from "./reason-form";

/** What most cancels are about. */
const TEMPLATES = [
  { label: "Duplicate submission", text: "Ticket #: duplicate submission" },
  { label: "Stuck", text: "Ticket #: stuck, no progress" },
  { label: "Abuse", text: "Ticket #: abuse of a key" },
];

type Form = ComponentProps<typeof ReasonForm>;
type Props = Omit<Form, "children" | "templates" | "placeholder" | "runId" | "words"> & {
  run: RunFacts;
  customer: string;
  /** Addresses of the customer's webhooks that hear of a cancelled run. */
  webhooks: readonly string[];
  canReadAudit: boolean;
};

export const CancelRunForm = ({ run, customer, webhooks, canReadAudit, ...form }: Props) => (
  <ReasonForm
    {...form}
    templates={TEMPLATES}
    placeholder="Customer ticket #4821: duplicate submission"
    runId={canReadAudit ? run.id : undefined}
    words={{ keep: "Keep run", go: "Cancel run", going: "Cancelling…" }}
  >
    <Consequences run={run} customer={customer} webhooks={webhooks} />
  </ReasonForm>
);

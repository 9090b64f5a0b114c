"use client";

import { latePart } from "@/components/ui/late-part";
import type { CustomerChoicesProps } from "./customer-choices";

const CustomerChoices = latePart(() => import("./customer-choices").then((module) => module.CustomerChoices));

/** Chooses customers in a form: a box with its own search and scroll. */
export const CustomerPicker = (props: CustomerChoicesProps) => (
  <div className="max-h-64 min-h-32 overflow-y-auto rounded border p-1.5">
    <CustomerChoices {...props} />
  </div>
);

"use client";

import { ChevronDown } from "lucide-react";
import { inputStyle } from "@/components/ui/field";
import { latePart } from "@/components/ui/late-part";
import { Popup } from "@/components/ui/popup";
import { StoredText } from "@/components/ui/stored-text";
import type { Customer } from "@/lib/client/organizations";
import type { CustomerChoicesProps } from "./customer-choices";

const CustomerChoices = latePart(() => import("./customer-choices").then((module) => module.CustomerChoices));

type Props = Pick<CustomerChoicesProps, "findDisabledReason"> & {
  label?: string;
  chosen: Customer | undefined;
  onChange: (customer: Customer | undefined) => void;
};

/** Chooses one customer in a form: what a native select is for short lists. */
export const CustomerSelect = ({ label = "Customer", chosen, onChange, ...choices }: Props) => (
  <Popup
    label={label}
    width={320}
    buttonClassName={inputStyle("flex h-8 items-center justify-between gap-2 text-left")}
    button={
      <>
        <span className="sr-only">{label}: </span>
        <span className={chosen ? "truncate" : "text-ink-muted"}>
          {chosen ? <StoredText>{chosen.name}</StoredText> : "Choose a customer"}
        </span>
        <ChevronDown aria-hidden className="text-ink-muted size-3.5 shrink-0" />
      </>
    }
  >
    <CustomerChoices
      chosen={chosen ? [chosen] : []}
      isSingle
      onChange={([customer]) => onChange(customer)}
      {...choices}
    />
  </Popup>
);

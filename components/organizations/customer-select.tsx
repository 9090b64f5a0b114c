"use client";

import { ChevronDown } from "lucide-react";
import { useId } from "react";
import { FieldError, inputStyle } from "@/components/ui/field";
import { latePart } from "@/components/ui/late-part";
import { Popup } from "@/components/ui/popup";
import { StoredText } from "@/components/ui/stored-text";
import type { Customer } from "@/lib/client/organizations";
import type { CustomerChoicesProps } from "./customer-choices";

const CustomerChoices = latePart(() => import("./customer-choices").then((module) => module.CustomerChoices));

type Props = Pick<CustomerChoicesProps, "findDisabledReason"> & {
  label?: string;
  chosen: Customer | undefined;
  error?: string | undefined;
  onChange: (customer: Customer | undefined) => void;
};

/**
 * Chooses one customer in a form: a native select for short lists, else a search. Includes label and error.
 */
export function CustomerSelect({ label = "Customer", chosen, error, onChange, ...choices }: Props) {
  const id = useId();
  return (
    <div className="grid content-start gap-1.5">
      <span aria-hidden className="font-medium">
        {label}
      </span>
      <Popup
        label={label}
        width={320}
        buttonClassName={inputStyle("flex h-8 items-center justify-between gap-2 text-left")}
        {...(error && { errorId: `${id}-error` })}
        button={
          <>
            <span className="sr-only">{label}: </span>
            <span className={chosen ? "truncate" : "text-ink-muted"}>
              {chosen ? <StoredText>{chosen.name}</StoredText> : "Choose a customer"}
            </span>
            <ChevronDown aria-hidden className="text-ink-muted ml-auto size-3.5 shrink-0" />
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
      <FieldError id={id} error={error} />
    </div>
  );
}

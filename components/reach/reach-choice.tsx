"use client";

import { CustomerPicker } from "@/components/organizations/customer-picker";
import { FieldError } from "@/components/ui/field";
import type { Customer } from "@/lib/client/organizations";

/** The customers that a person or key can access: all of them, or a selection. */
export type ChosenReach = { all: boolean; customers: Customer[] };

type Props = {
  /** The ID prefix of the fields and their error message. */
  name: string;
  legend: string;
  chosen: ChosenReach;
  /** Why "all customers" can't be chosen, if so. */
  disabledReason: string | undefined;
  /** Why a customer can't be chosen, if so. */
  findDisabledReason?: (customer: Customer) => string | undefined;
  error: string | undefined;
  onChange: (chosen: ChosenReach) => void;
};

const ROW = "flex min-h-8 items-center gap-2.5 rounded px-1.5";

export function ReachChoice(props: Props) {
  const { name, legend, chosen, disabledReason, findDisabledReason, error, onChange } = props;
  const disabledReasonId = `${name}-disabled-reason`;
  return (
    <fieldset aria-describedby={error ? `${name}-error` : undefined}>
      <legend className="font-medium">{legend}</legend>
      <div className="mt-1 grid">
        <label
          className={disabledReason ? `${ROW} text-ink-muted cursor-not-allowed` : `${ROW} hover:bg-hover`}
        >
          <input
            type="radio"
            name={name}
            checked={chosen.all}
            disabled={disabledReason !== undefined}
            aria-describedby={disabledReason && disabledReasonId}
            onChange={() => onChange({ ...chosen, all: true })}
            className="size-3.5 shrink-0"
          />
          All customers, including future ones
        </label>
        {disabledReason && (
          <p id={disabledReasonId} className="text-ink-muted -mt-1 mb-1 ml-7.5 text-sm">
            {disabledReason}
          </p>
        )}
        <label className={`${ROW} hover:bg-hover`}>
          <input
            type="radio"
            name={name}
            checked={!chosen.all}
            onChange={() => onChange({ ...chosen, all: false })}
            className="size-3.5 shrink-0"
          />
          Selected customers
        </label>
      </div>
      {!chosen.all && (
        <div data-invalid={error ? true : undefined} className="mt-1 ml-7.5">
          <CustomerPicker
            chosen={chosen.customers}
            findDisabledReason={findDisabledReason}
            onChange={(customers) => onChange({ all: false, customers })}
          />
        </div>
      )}
      <div className="mt-1">
        <FieldError id={name} error={error} />
      </div>
    </fieldset>
  );
}

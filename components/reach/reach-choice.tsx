"use client";

import { useState } from "react";
import { FieldError, inputStyle } from "@/components/ui/field";
import { readPress } from "@/components/ui/keys";
import { StoredText } from "@/components/ui/stored-text";
import { plainStored } from "@/lib/client/bidi";
import { foldText } from "@/lib/contract/text/fold";

export type Org = { id: string; name: string };
export type ChosenReach = { all: boolean; orgIds: readonly string[] };

type Props = {
  /** Of the fields, and of the fault below them. */
  name: string;
  legend: string;
  /** Those that can be chosen. */
  orgs: readonly Org[];
  chosen: ChosenReach;
  /** Why not all customers can be chosen, if they can't. */
  disabledReason: string | undefined;
  /** What to say where nobody can be chosen. */
  none: string;
  error: string | undefined;
  isLocked?: boolean;
  onChange: (chosen: ChosenReach) => void;
};

/** From here on, a list is searched faster than read. */
const SEARCHABLE = 8;
const ROW = "flex min-h-8 items-center gap-2.5 rounded px-1.5";

/** Whom somebody or something may touch: every customer, or some by name. */
export function ReachChoice(props: Props) {
  const { name, legend, chosen, disabledReason, error, isLocked = false, onChange } = props;
  const disabledReasonId = `${name}-disabled-reason`;
  return (
    <fieldset
      disabled={isLocked}
      data-invalid={error ? true : undefined}
      aria-describedby={error ? `${name}-error` : undefined}
    >
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
          All customers, those to come included
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
          Chosen customers
        </label>
      </div>
      {!chosen.all && <Customers {...props} />}
      <div className="mt-1">
        <FieldError id={name} error={error} />
      </div>
    </fieldset>
  );
}

function Customers({ orgs, chosen: { orgIds }, none, onChange }: Props) {
  const [search, setSearch] = useState("");
  const wanted = foldText(search);
  const shown = orgs.filter(({ name }) => foldText(name).includes(wanted));
  const toggle = (id: string, isOn: boolean) =>
    onChange({ all: false, orgIds: isOn ? [...orgIds, id] : orgIds.filter((other) => other !== id) });
  return (
    <div className="mt-1 ml-6 rounded border">
      {orgs.length > SEARCHABLE && (
        <div className="border-b p-1.5">
          <input
            type="search"
            aria-label="Search customers"
            placeholder="Search"
            value={search}
            onChange={(event) => setSearch(event.target.value)}
            // What is typed narrows the list; it sends no form.
            onKeyDown={(event) => readPress(event)?.key === "Enter" && event.preventDefault()}
            className={inputStyle("h-7", true)}
          />
        </div>
      )}
      <div role="group" aria-label="Customers" className="grid max-h-44 overflow-y-auto p-1 sm:grid-cols-2">
        {shown.map(({ id, name }) => (
          <label key={id} className={`${ROW} hover:bg-hover`}>
            <input
              type="checkbox"
              checked={orgIds.includes(id)}
              onChange={({ target }) => toggle(id, target.checked)}
              className="size-3.5 shrink-0"
            />
            <span className="min-w-0 truncate" title={plainStored(name)}>
              <StoredText>{name}</StoredText>
            </span>
          </label>
        ))}
        {shown.length === 0 && (
          <p className="text-ink-muted px-1.5 py-1.5">{wanted ? "Nobody has that name." : none}</p>
        )}
      </div>
    </div>
  );
}

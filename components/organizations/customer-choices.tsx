"use client";

import { useQuery } from "@tanstack/react-query";
import { useId, useState } from "react";
import { inputStyle } from "@/components/ui/field";
import { readPress } from "@/components/ui/keys";
import { SpokenStatus } from "@/components/ui/spoken-status";
import { useDebounced } from "@/components/ui/use-debounced";
import { type Customer, customersOptions, LONGEST_SEARCH } from "@/lib/client/organizations";
import { CustomerOption } from "./customer-option";
import { SearchFailure } from "./search-failure";

export type CustomerChoicesProps = {
  chosen: readonly Customer[];
  /** At most one; otherwise any number. */
  isSingle?: boolean;
  /** Why a customer can't be chosen, if so. */
  findDisabledReason?: ((customer: Customer) => string | undefined) | undefined;
  onChange: (chosen: Customer[]) => void;
};

const REST_MS = 200;

/** Searches customers on the server as the person types. Enter chooses the first match. */
export function CustomerChoices(props: CustomerChoicesProps) {
  const { chosen, isSingle = false, findDisabledReason, onChange } = props;
  const [search, setSearch] = useState("");
  const rested = useDebounced(search.trim(), REST_MS);
  const { data, error, isPlaceholderData, refetch } = useQuery(customersOptions(rested));
  const group = useId();

  const found = data?.customers ?? [];
  const isChosen = ({ id }: Customer) => chosen.some((other) => other.id === id);
  // Chosen customers come first, so that they are easy to remove; a search shows only matches.
  const shown = rested ? found : [...chosen, ...found.filter((customer) => !isChosen(customer))];
  const isSettled = data !== undefined && !isPlaceholderData && rested === search.trim();

  const toggle = (customer: Customer, isOn: boolean) => {
    const others = isSingle ? [] : chosen.filter(({ id }) => id !== customer.id);
    onChange(isOn ? [...others, customer] : others);
  };
  const chooseFirst = () => {
    const [first] = shown;
    if (isSettled && search.trim() && first && !findDisabledReason?.(first)) toggle(first, !isChosen(first));
  };
  return (
    <>
      <input
        type="search"
        aria-label="Search customers"
        placeholder="Name, slug, email or ID"
        maxLength={LONGEST_SEARCH}
        value={search}
        onChange={(event) => setSearch(event.target.value)}
        onKeyDown={(event) => {
          const press = readPress(event);
          if (press?.key !== "Enter") return;
          // Enter chooses a customer; it must not submit a form around this.
          event.preventDefault();
          if (!press.isRepeat) chooseFirst();
        }}
        className={inputStyle("mb-1 h-8", true)}
      />
      <fieldset className="min-w-0" aria-busy={!isSettled && !error}>
        <legend className="sr-only">Customer</legend>
        {shown.map((customer) => (
          <CustomerOption
            key={customer.id}
            customer={customer}
            group={isSingle ? group : undefined}
            isChosen={isChosen(customer)}
            disabledReason={findDisabledReason?.(customer)}
            onChange={(isOn) => toggle(customer, isOn)}
          />
        ))}
      </fieldset>
      {error ? (
        <SearchFailure error={error} onRetry={() => void refetch()} />
      ) : (
        <p className="text-ink-muted px-2 py-1.5 text-sm empty:hidden">{note(data, rested)}</p>
      )}
      <SpokenStatus text={isSettled ? countMatches(found.length, data.hasMore) : ""} />
    </>
  );
}

const note = (data: { customers: unknown[]; hasMore: boolean } | undefined, q: string): string => {
  if (!data) return "Loading…";
  if (data.customers.length === 0)
    return q ? "No customers match." : "You don’t have access to any customers.";
  return data.hasMore ? "Type to find more." : "";
};

const countMatches = (count: number, hasMore: boolean): string =>
  hasMore ? `More than ${count} customers` : `${count} ${count === 1 ? "customer" : "customers"}`;

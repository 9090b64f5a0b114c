"use client";

import { useState } from "react";
import { FieldError, inputStyle } from "@/components/ui/field";
import type { KeyOwner } from "@/lib/contract/keys";
import type { Maker, Org } from "./new-key";
import { canReachAll, ownerReaches, type Wish } from "./wish";

type Props = {
  wish: Wish;
  orgs: readonly Org[];
  maker: Maker;
  owner: KeyOwner | undefined;
  error: string | undefined;
  onChange: (change: Partial<Wish>) => void;
};

/** From here on, a list is searched faster than read. */
const SEARCHABLE = 8;
const ROW = "flex min-h-8 items-center gap-2.5 rounded px-1.5";

/** Whom a service key may touch. */
export function ReachChoice({ wish, orgs, maker, owner, error, onChange }: Props) {
  const isAll = canReachAll(wish, maker, owner);
  const barrier = !maker.reachesAll
    ? "You don’t reach all of them yourself."
    : ownerReaches(owner, null)
      ? undefined
      : "Its owner doesn’t reach all of them.";
  return (
    <fieldset aria-describedby={error ? "key-reach-error" : undefined}>
      <legend className="font-medium">For …</legend>
      <div className="mt-1 grid">
        <label className={barrier ? `${ROW} text-ink-muted cursor-not-allowed` : `${ROW} hover:bg-hover`}>
          <input
            type="radio"
            name="key-reach"
            checked={isAll}
            disabled={barrier !== undefined}
            aria-describedby={barrier && "reach-barrier"}
            onChange={() => onChange({ reachesAll: true })}
            className="size-3.5 shrink-0"
          />
          All customers, those to come included
        </label>
        {barrier && (
          <p id="reach-barrier" className="text-ink-muted -mt-1 mb-1 ml-7.5 text-sm">
            {barrier}
          </p>
        )}
        <label className={`${ROW} hover:bg-hover`}>
          <input
            type="radio"
            name="key-reach"
            checked={!isAll}
            onChange={() => onChange({ reachesAll: false })}
            className="size-3.5 shrink-0"
          />
          Chosen customers
        </label>
      </div>
      {!isAll && <Customers {...{ wish, orgs, owner, onChange }} />}
      <div className="mt-1">
        <FieldError id="key-reach" error={error} />
      </div>
    </fieldset>
  );
}

function Customers({ wish, orgs, owner, onChange }: Pick<Props, "wish" | "orgs" | "owner" | "onChange">) {
  const [search, setSearch] = useState("");
  const wanted = search.trim().toLowerCase();
  const shown = orgs.filter(({ id, name }) => ownerReaches(owner, id) && name.toLowerCase().includes(wanted));
  const toggle = (id: string, isOn: boolean) =>
    onChange({ orgIds: isOn ? [...wish.orgIds, id] : wish.orgIds.filter((other) => other !== id) });
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
            className={inputStyle("h-7", true)}
          />
        </div>
      )}
      <div role="group" aria-label="Customers" className="grid max-h-44 overflow-y-auto p-1 sm:grid-cols-2">
        {shown.map(({ id, name }) => (
          <label key={id} className={`${ROW} hover:bg-hover`}>
            <input
              type="checkbox"
              checked={wish.orgIds.includes(id)}
              onChange={({ target }) => toggle(id, target.checked)}
              className="size-3.5 shrink-0"
            />
            <span className="min-w-0 truncate" title={name}>
              {name}
            </span>
          </label>
        ))}
        {shown.length === 0 && (
          <p className="text-ink-muted px-1.5 py-1.5">
            {wanted ? "Nobody has that name." : "Its owner reaches none of your customers."}
          </p>
        )}
      </div>
    </div>
  );
}

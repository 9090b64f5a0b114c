"use client";

import { FieldError } from "@/components/ui/field";
import type { Person } from "@/lib/contract/people";

export type Org = { id: string; name: string };

type Props = {
  orgs: readonly Org[];
  /** Whether whoever chooses reaches every customer themselves. */
  mayReachAll: boolean;
  chosen: Person["reach"];
  error: string | undefined;
  isLocked?: boolean;
  onChange: (reach: Person["reach"]) => void;
};

const CHOICE = "hover:bg-hover flex min-h-8 items-center gap-2.5 rounded px-1.5";

/** Every customer, or some by name. */
export function ReachChoice({ orgs, mayReachAll, chosen, error, isLocked = false, onChange }: Props) {
  const ids = chosen.org_ids ?? [];
  return (
    <fieldset disabled={isLocked} aria-describedby={error ? "reach-error" : undefined}>
      <legend className="font-medium">Reaches</legend>
      <div className="mt-1 grid sm:grid-cols-2">
        <label className={CHOICE}>
          <input
            type="radio"
            name="reach"
            checked={chosen.all}
            disabled={!mayReachAll}
            onChange={() => onChange({ all: true, org_ids: null })}
            className="size-3.5 shrink-0"
          />
          <span className={mayReachAll ? undefined : "text-ink-muted"}>
            All customers{!mayReachAll && ", which you don’t"}
          </span>
        </label>
        <label className={CHOICE}>
          <input
            type="radio"
            name="reach"
            checked={!chosen.all}
            onChange={() => onChange({ all: false, org_ids: ids })}
            className="size-3.5 shrink-0"
          />
          Only these
        </label>
      </div>
      {!chosen.all && (
        <div
          role="group"
          aria-label="Customers"
          className="mt-1 grid max-h-44 content-start overflow-y-auto rounded border p-1 sm:grid-cols-2"
        >
          {orgs.map(({ id, name }) => (
            <label key={id} className={CHOICE}>
              <input
                type="checkbox"
                checked={ids.includes(id)}
                onChange={({ target }) =>
                  onChange({
                    all: false,
                    org_ids: target.checked ? [...ids, id] : ids.filter((other) => other !== id),
                  })
                }
                className="size-3.5 shrink-0"
              />
              <span className="min-w-0 truncate" title={name}>
                {name}
              </span>
            </label>
          ))}
        </div>
      )}
      <FieldError id="reach" error={error} />
    </fieldset>
  );
}

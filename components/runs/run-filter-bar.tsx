"use client";

import Link from "next/link";
import { buttonStyle } from "@/components/ui/button-style";
import { FilterBar } from "@/components/ui/filter-bar";
import { CustomersFilter } from "@/components/organizations/customer-filter";
import { FilterMenu } from "@/components/ui/filter-menu";
import type { FilterOption } from "@/components/ui/filter-option";
import { ViewsMenu } from "@/components/views/views-menu";
import { paths } from "@/lib/client/paths";
import { cancelExpression } from "@/lib/client/cancel-expression";
import { AGES, clearFilters, hasFilters, type RunAge, type RunFilters } from "@/lib/client/run-filters";
import { RUN_SOURCES, RUN_STATUSES, type RunSource, type RunStatus } from "@/lib/states/run";
import { DisplayMenu } from "./display-menu";
import { ExpressionBox, type ExpressionError } from "./expression-box";
import { TimeFilter } from "./time-filter";
import { StatusIcon } from "./status-icon";
import { STATUS_WORDS } from "./status-words";

type Props = {
  filters: RunFilters;
  models: readonly string[];
  orgs: readonly { id: string; slug: string; name: string }[];
  /** The filters, compiled. */
  expression: string;
  /** The error in the last submitted expression. */
  expressionError: ExpressionError | undefined;
  onChange: (filters: RunFilters) => void;
};

const STATUS_OPTIONS: FilterOption[] = RUN_STATUSES.map((status) => ({
  value: status,
  label: STATUS_WORDS[status],
  icon: <StatusIcon status={status} className="size-3.5" />,
}));
const SOURCE_OPTIONS = RUN_SOURCES.map((source) => ({ value: source, label: source }));
const AGE_OPTIONS = Object.entries(AGES).map(([value, { label }]) => ({ value, label }));

export function RunFilterBar({ filters, models, orgs, expression, expressionError, onChange }: Props) {
  const set = (change: Partial<RunFilters>) => onChange({ ...filters, ...change });
  const known = {
    status_code: RUN_STATUSES.map((status) => ({ value: status, label: status })),
    source_code: SOURCE_OPTIONS,
    model: models.map((slug) => ({ value: slug, label: slug })),
  };
  return (
    <FilterBar
      isBoxFirst
      isSet={hasFilters(filters)}
      onClear={() => onChange(clearFilters(filters))}
      actions={
        !expressionError && (
          <Link
            href={paths.newCancellation({ q: cancelExpression(expression, filters) })}
            prefetch={false}
            data-command="Cancel all matching runs"
            className={buttonStyle("ghost", "sm")}
          >
            Cancel all matching…
          </Link>
        )
      }
      boxes={
        <ExpressionBox value={filters.q} error={expressionError} known={known} onSubmit={(q) => set({ q })} />
      }
      isTyped={filters.q !== ""}
      tools={
        <div className="-mr-2 flex gap-1.5">
          <ViewsMenu filters={filters} />
          <DisplayMenu display={filters} onChange={set} />
        </div>
      }
    >
      <FilterMenu
        label="Status"
        options={STATUS_OPTIONS}
        selected={filters.status}
        onChange={(status) => set({ status: status as RunStatus[] })}
      />
      <FilterMenu
        label="Model"
        options={models.map((slug) => ({ value: slug, label: slug }))}
        selected={filters.model}
        onChange={(model) => set({ model })}
      />
      <CustomersFilter known={orgs} selected={filters.org} onChange={(org) => set({ org })} />
      <FilterMenu
        label="Source"
        options={SOURCE_OPTIONS}
        selected={filters.source}
        onChange={(source) => set({ source: source as RunSource[] })}
      />
      <TimeFilter
        presets={AGE_OPTIONS}
        age={filters.age ?? ""}
        from={filters.from}
        to={filters.to}
        onChange={({ age, from, to }) => set({ age: (age || null) as RunAge | null, from, to })}
      />
    </FilterBar>
  );
}

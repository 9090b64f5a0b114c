"use client";

import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { shortId } from "@/components/runs/short-id";
import { DataTable, type RowMenuProps } from "@/components/ui/data-table";
import { EmptyState } from "@/components/ui/empty-state";
import { latePart } from "@/components/ui/late-part";
import { Pagination } from "@/components/ui/pagination";
import { SingleFilter } from "@/components/ui/single-filter";
import { useFilters } from "@/components/ui/use-filters";
import { useSelection } from "@/components/ui/use-selection";
import { ITEM_FILTERS, type ItemFilters } from "@/lib/client/batch-filters";
import { batchItemsOptions } from "@/lib/client/cancellation-batches";
import { paths } from "@/lib/client/paths";
import type { CancellationBatch } from "@/lib/contract/cancellation-batches";
import type { BatchViewer } from "./batch-viewer";
import { ITEM_FILTER_WORDS } from "./batch-words";
import { type ItemRow, itemColumns } from "./item-columns";
import { usePlanChange } from "./use-plan-change";

const PlanChangeBar = latePart(() => import("./plan-change-bar").then((module) => module.PlanChangeBar));
const ItemMenu = latePart(() => import("./item-menu").then((module) => module.ItemMenu));

const FILTERS = ITEM_FILTERS.map((value) => ({ value, label: ITEM_FILTER_WORDS[value] }));

type Props = { batch: CancellationBatch; filters: ItemFilters; viewer: BatchViewer };

/** The runs of a batch with their outcomes; before the start, some can be left out and put back. */
export function BatchItems({ batch: { id, state, started_by }, filters: given, viewer }: Props) {
  const { filters, set, isPending } = useFilters(given, (next) => paths.cancellation(id, next));
  const { data } = useQuery(batchItemsOptions(id, given, state));
  const isPlan = state === "planned" || state === "expired";
  const rows: ItemRow[] = useMemo(
    () => data?.items.map((item) => ({ ...item, id: item.run_id })) ?? [],
    [data],
  );
  const { mayReadAudit } = viewer;
  const starter = started_by?.name;
  const columns = useMemo(
    () => itemColumns({ isPlan, mayReadAudit, starter }),
    [isPlan, mayReadAudit, starter],
  );
  const selection = useSelection(rows);
  const mayChange = state === "planned" && viewer.mayCancelBulk;
  const { change, isBusy, error, last, forget } = usePlanChange(id, selection.clear);
  const menu = (props: RowMenuProps<ItemRow>) => <ItemMenu {...props} isBusy={isBusy} onChange={change} />;
  const link = (pq: string | null | undefined) => (pq ? paths.cancellation(id, { ...given, pq }) : null);
  return (
    <section aria-labelledby="runs" className="bg-surface flex-1 border-t">
      <header className="flex min-h-11 items-center justify-between gap-3 px-4 lg:px-6">
        <h2 id="runs" className="font-semibold">
          Runs
        </h2>
        <SingleFilter
          label={isPlan ? "Show" : "Outcome"}
          options={isPlan ? FILTERS.filter(({ value }) => value === "open" || value === "excluded") : FILTERS}
          selected={filters.outcome}
          onChange={(outcome) => set({ outcome, pq: "" })}
        />
      </header>
      <div
        aria-busy={isPending}
        className={isPending ? "opacity-55 transition-opacity delay-150" : undefined}
      >
        {rows.length > 0 ? (
          <DataTable<ItemRow>
            label="Runs of this bulk cancellation"
            rows={rows}
            columns={columns}
            nameOf={({ run_id }) => `run ${shortId(run_id)}`}
            {...(mayChange && { selection, menu })}
          />
        ) : (
          data && (
            <EmptyState title="No runs here">
              {given.outcome ? "No run has this outcome." : "This page of the list is gone."}
            </EmptyState>
          )
        )}
        {mayChange && (selection.ids.size > 0 || last || error) && (
          <PlanChangeBar
            rows={rows.filter(({ id }) => selection.ids.has(id))}
            last={last}
            isBusy={isBusy}
            error={error}
            onChange={change}
            onClear={() => (selection.ids.size > 0 ? selection.clear() : forget())}
          />
        )}
      </div>
      <div className="px-4 py-3 lg:px-6">
        <Pagination
          label="Pages of runs"
          summary={`${rows.length} on this page`}
          first={given.pq ? paths.cancellation(id, { outcome: given.outcome }) : null}
          previous={link(data?.previous)}
          next={link(data?.next)}
        />
      </div>
    </section>
  );
}

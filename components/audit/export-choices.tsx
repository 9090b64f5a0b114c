"use client";

import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useId } from "react";
import { Button } from "@/components/ui/button";
import { cx } from "@/components/ui/class-names";
import { type ExportSize, exportSizeOptions } from "@/lib/client/export-size";
import type { ExportChoice } from "@/lib/client/save-export";

export type ExportFormatName = "NDJSON with proof" | "CSV" | "NDJSON";

const CHOICES: { name: ExportFormatName; says: string; choice: ExportChoice }[] = [
  {
    name: "NDJSON with proof",
    says: "For auditors: can be verified offline with npm run audit:verify.",
    choice: { format: "ndjson", hasProof: true },
  },
  { name: "CSV", says: "For spreadsheets.", choice: { format: "csv", hasProof: false } },
  {
    name: "NDJSON",
    says: "One JSON entry per line, same as the API.",
    choice: { format: "ndjson", hasProof: false },
  },
];

/** Filters that an export with proof allows: a chain with entries left out proves nothing. */
const WITH_PROOF = new Set(["org_id", "from", "to"]);

type Props = {
  query: Record<string, string>;
  chosen: ExportFormatName;
  onChoose: (format: ExportFormatName) => void;
  onStart: (choice: ExportChoice) => void;
};

/** What the export contains, and its formats. */
export function ExportChoices({ query, chosen, onChoose, onStart }: Props) {
  const id = useId();
  const size = useQuery(exportSizeOptions(query));
  const isFiltered = Object.keys(query).length > 0;
  const isWhole = Object.keys(query).every((name) => WITH_PROOF.has(name));
  const current = chosen === "NDJSON with proof" && !isWhole ? "CSV" : chosen;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onStart(CHOICES.find(({ name }) => name === current)!.choice);
  };
  return (
    <form onSubmit={submit} className="grid gap-2 p-1.5">
      <div className="px-2 pt-1">
        <p className="font-medium">
          {isFiltered ? "Entries that match the filters" : "All entries you can access"}
        </p>
        <p className="text-ink-muted min-h-4 text-sm tabular-nums">
          {size.isPending ? "Counting…" : size.data ? describeSize(size.data) : "Count unavailable"}
        </p>
      </div>
      <fieldset className="grid gap-1">
        <legend className="sr-only">Format</legend>
        {CHOICES.map(({ name: format, says, choice }, index) => {
          const isClosed = choice.hasProof && !isWhole;
          return (
            <div key={format} className="grid grid-cols-[1rem_1fr] items-start gap-x-2.5 px-2 py-1">
              <input
                type="radio"
                id={`${id}-${index}`}
                name={id}
                checked={current === format}
                disabled={isClosed}
                onChange={() => onChoose(format)}
                aria-describedby={`${id}-${index}-says`}
                className="mt-0.5 size-4"
              />
              <label htmlFor={`${id}-${index}`} className={cx("font-medium", isClosed && "text-ink-muted")}>
                {format}
              </label>
              <p id={`${id}-${index}-says`} className="text-ink-muted col-start-2 text-sm">
                {isClosed ? "Available only with customer and date filters. Remove the others." : says}
              </p>
            </div>
          );
        })}
      </fieldset>
      <div className="flex items-center justify-between gap-3 px-2 pb-1">
        <span className="text-ink-muted text-sm">Exports are audited.</span>
        <Button type="submit" size="sm" variant="primary">
          Export
        </Button>
      </div>
    </form>
  );
}

function describeSize({ entries, isMore, from, to }: ExportSize): string {
  const count = `${entries.toLocaleString("en")}${isMore ? "+" : ""} ${entries === 1 ? "entry" : "entries"}`;
  return from && to ? `${count}, ${from.slice(0, 10)} to ${to.slice(0, 10)}` : count;
}

"use client";

import { type FormEvent, useId, useState } from "react";
import { RequestFailure } from "@/components/shell/request-failure";
import { Button } from "@/components/ui/button";
import { cx } from "@/components/ui/class-names";
import { Notice } from "@/components/ui/notice";
import { ConnectionError } from "@/lib/client/api-error";
import { formatBytes } from "@/lib/client/format-bytes";
import type { ExportChoice, ExportOutcome, ExportProgress } from "@/lib/client/save-export";
import type { ExportState } from "@/lib/client/use-export";

type Props = {
  state: ExportState;
  query: Record<string, string>;
  onStart: (choice: ExportChoice) => void;
  onCancel: () => void;
  onReset: () => void;
};

const CHOICES: { name: string; says: string; choice: ExportChoice }[] = [
  { name: "CSV", says: "For spreadsheets.", choice: { format: "csv", hasProof: false } },
  {
    name: "NDJSON",
    says: "For programs: an entry a line, as the API shows it.",
    choice: { format: "ndjson", hasProof: false },
  },
  {
    name: "NDJSON with proof",
    says: "For auditors: whole chains, to be verified offline with npm run audit:verify.",
    choice: { format: "ndjson", hasProof: true },
  },
];

/** What a file with its proof can be narrowed by: a chain from which entries are left out proves nothing. */
const WITH_PROOF = new Set(["org_id", "from", "to"]);

/** What the export is to be, how far it is, and what came of it. */
export function ExportPanel({ state, query, onStart, onCancel, onReset }: Props) {
  if (state.step === "running") return <Running progress={state.progress} onCancel={onCancel} />;
  if (state.step === "done") return <Done outcome={state.outcome} onReset={onReset} />;
  return (
    <>
      {state.step === "failed" && (
        <div className="p-1.5">
          {state.error instanceof ConnectionError ? (
            <Notice tone="danger" role="alert">
              The connection was lost before the file was whole. Nothing was kept of it; try again.
            </Notice>
          ) : (
            <RequestFailure error={state.error} />
          )}
        </div>
      )}
      <Choices query={query} onStart={onStart} />
    </>
  );
}

function Choices({ query, onStart }: Pick<Props, "query" | "onStart">) {
  const id = useId();
  const [chosen, setChosen] = useState(0);
  const isWhole = Object.keys(query).every((name) => WITH_PROOF.has(name));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onStart(CHOICES[chosen]!.choice);
  };
  return (
    <form onSubmit={submit} className="grid gap-2 p-1.5">
      <fieldset className="grid gap-1">
        <legend className="text-ink-muted mb-1 text-sm">
          {Object.keys(query).length > 0
            ? "All entries that match the filters"
            : "The whole trail in your reach"}
        </legend>
        {CHOICES.map(({ name: format, says, choice }, index) => {
          const isClosed = choice.hasProof && !isWhole;
          return (
            <div key={format} className="grid grid-cols-[1rem_1fr] items-start gap-x-2.5 px-2 py-1">
              <input
                type="radio"
                id={`${id}-${index}`}
                name={id}
                checked={chosen === index}
                disabled={isClosed}
                onChange={() => setChosen(index)}
                aria-describedby={`${id}-${index}-says`}
                className="mt-0.5 size-4"
              />
              <label htmlFor={`${id}-${index}`} className={cx("font-medium", isClosed && "text-ink-muted")}>
                {format}
              </label>
              <p id={`${id}-${index}-says`} className="text-ink-muted col-start-2 text-sm">
                {isClosed ? "Only customer and days can narrow it; take the other filters off." : says}
              </p>
            </div>
          );
        })}
      </fieldset>
      <div className="flex items-center justify-between gap-3">
        <span className="text-ink-muted text-sm">The export is audited.</span>
        <Button type="submit" size="sm" variant="primary">
          Export
        </Button>
      </div>
    </form>
  );
}

function Running({ progress, onCancel }: { progress: ExportProgress; onCancel: () => void }) {
  return (
    <div className="grid gap-2 p-1.5">
      <p role="status" className="tabular-nums">
        Exporting: {count(progress)}
      </p>
      <progress aria-label="Export" className="accent-accent h-1.5 w-full" />
      <div className="flex items-center justify-between gap-3">
        <span className="text-ink-muted text-sm">How many there will be isn’t known.</span>
        <Button size="sm" onClick={onCancel}>
          Stop the export
        </Button>
      </div>
    </div>
  );
}

function Done({ outcome, onReset }: { outcome: ExportOutcome; onReset: () => void }) {
  return (
    <div className="grid gap-2 p-1.5">
      <Notice tone="success" role="status">
        <p className="wrap-anywhere">
          {outcome.by === "page"
            ? `${outcome.fileName} is complete: ${count(outcome)}.`
            : handedOver(outcome.fileName)}
        </p>
      </Notice>
      <Button size="sm" className="justify-self-end" onClick={onReset}>
        Export something else
      </Button>
    </div>
  );
}

const handedOver = (fileName: string): string =>
  `Your browser is saving ${fileName}. It shows how far it is, and says so if the download breaks off.`;

const count = ({ entries, bytes }: ExportProgress): string =>
  `${entries.toLocaleString("en")} ${entries === 1 ? "entry" : "entries"}, ${formatBytes(bytes)}`;

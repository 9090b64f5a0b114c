"use client";

import { RequestFailure } from "@/components/ui/request-failure";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { ConnectionError } from "@/lib/client/api-error";
import { formatBytes } from "@/lib/client/format-bytes";
import type { ExportChoice, ExportOutcome, ExportProgress } from "@/lib/client/save-export";
import type { ExportState } from "@/lib/client/use-export";
import { ExportChoices, type ExportFormatName } from "./export-choices";

type Props = {
  state: ExportState;
  query: Record<string, string>;
  chosen: ExportFormatName;
  onChoose: (format: ExportFormatName) => void;
  onStart: (choice: ExportChoice) => void;
  onCancel: () => void;
  onReset: () => void;
};

/** The export's options, progress and result. */
export function ExportPanel({ state, query, chosen, onChoose, onStart, onCancel, onReset }: Props) {
  if (state.step === "running") return <Running progress={state.progress} onCancel={onCancel} />;
  if (state.step === "done") return <Done outcome={state.outcome} onReset={onReset} />;
  return (
    <>
      {state.step === "failed" && (
        <div className="p-1.5">
          {state.error instanceof ConnectionError ? (
            <Notice tone="danger" role="alert">
              The connection was lost before the file was complete. Nothing was saved; try again.
            </Notice>
          ) : (
            <RequestFailure error={state.error} />
          )}
        </div>
      )}
      <ExportChoices {...{ query, chosen, onChoose, onStart }} />
    </>
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
        <span className="text-ink-muted text-sm">You can close this menu; the export continues.</span>
        <Button size="sm" onClick={onCancel}>
          Stop export
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
        New export
      </Button>
    </div>
  );
}

const handedOver = (fileName: string): string =>
  `Your browser is saving ${fileName}. Check its downloads for progress.`;

const count = ({ entries, bytes }: ExportProgress): string =>
  `${entries.toLocaleString("en")} ${entries === 1 ? "entry" : "entries"}, ${formatBytes(bytes)}`;

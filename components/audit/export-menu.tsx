"use client";

import { Download } from "lucide-react";
import { useEffect, useEffectEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { buttonStyle } from "@/components/ui/button-style";
import { latePart } from "@/components/ui/late-part";
import { Popup } from "@/components/ui/popup";
import { Spinner } from "@/components/ui/spinner";
import { explainMissing } from "@/lib/client/explain-missing";
import type { ExportFormatName } from "./export-choices";
import { useExport } from "@/lib/client/use-export";

/** Lazy-loaded: few visitors export. */
const ExportPanel = latePart(() => import("./export-panel").then((module) => module.ExportPanel));

type Props = {
  mayExport: boolean;
  /** The active filters as the API takes them; absent while one is invalid. */
  query: Record<string, string> | undefined;
  /** Auditors start with the verifiable format. */
  isAuditor: boolean;
};

/** Exports the filtered audit log. An export continues while its popup is closed. */
export function ExportMenu({ mayExport, query, isAuditor }: Props) {
  // State lives here because the panel unmounts when its popup closes or the file picker opens.
  const [chosen, choose] = useState<ExportFormatName>(isAuditor ? "NDJSON with proof" : "CSV");
  const { state, start, cancel, reset } = useExport();
  const leave = useEffectEvent(cancel);
  useEffect(() => () => leave(), []);
  const disabledReason = !mayExport
    ? explainMissing("exports", "audit.export")
    : !query && "Fix the filters first.";
  if (disabledReason) {
    return (
      <>
        <p
          id="export-disabled-reason"
          className="text-ink-muted text-sm max-lg:order-last max-lg:mt-1 max-lg:w-full"
        >
          {disabledReason}
        </p>
        <Button size="sm" aria-disabled aria-describedby="export-disabled-reason" className="max-sm:flex-1">
          <Download aria-hidden className="size-3.5" />
          Export
        </Button>
      </>
    );
  }
  return (
    <Popup
      label="Export"
      width={320}
      buttonClassName={buttonStyle("secondary", "sm", "max-sm:flex-1")}
      button={
        <>
          {state.step === "running" ? <Spinner /> : <Download aria-hidden className="size-3.5" />}
          {state.step === "running" ? `Exporting: ${state.progress.entries.toLocaleString("en")}` : "Export"}
        </>
      }
    >
      <ExportPanel
        state={state}
        query={query || {}}
        chosen={chosen}
        onChoose={choose}
        onStart={(choice) => void start(choice, query || {})}
        onCancel={cancel}
        onReset={reset}
      />
    </Popup>
  );
}

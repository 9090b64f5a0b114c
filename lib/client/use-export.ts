import { useRef, useState } from "react";
import type { ExportChoice, ExportOutcome, ExportProgress } from "./save-export";

export type ExportState =
  | { step: "idle" }
  | { step: "running"; progress: ExportProgress }
  | { step: "done"; outcome: ExportOutcome }
  | { step: "failed"; error: Error };

/** One export at a time, and its progress. Leaving the page aborts it. */
export function useExport() {
  const [state, setState] = useState<ExportState>({ step: "idle" });
  const running = useRef<AbortController>(null);

  const start = async (choice: ExportChoice, query: Record<string, string>) => {
    const controller = new AbortController();
    running.current = controller;
    const { signal } = controller;
    const tell = (next: ExportState) => {
      if (!signal.aborted) setState(next);
    };
    tell({ step: "running", progress: { entries: 0, bytes: 0 } });
    try {
      const { saveExport } = await import("./save-export");
      const onProgress = (progress: ExportProgress) => tell({ step: "running", progress });
      const outcome = await saveExport({ choice, query, signal, onProgress });
      tell(outcome ? { step: "done", outcome } : { step: "idle" });
    } catch (error) {
      tell({ step: "failed", error: error as Error });
    }
  };
  const cancel = () => {
    running.current?.abort();
    setState({ step: "idle" });
  };
  return { state, start, cancel, reset: () => setState({ step: "idle" }) };
}

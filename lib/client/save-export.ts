import { ApiError, ConnectionError } from "./api-error";
import { callApi } from "./call-api";
import { RecordCounter } from "./count-records";
import { signedInAs } from "./signed-in-as";
import type { ExportFormat } from "@/lib/contract/audit";

export type ExportChoice = { format: ExportFormat; hasProof: boolean };

/** How much has been written so far. */
export type ExportProgress = { entries: number; bytes: number };

export type SavedExport = { by: "page"; fileName: string } & ExportProgress;
/** By the browser: a normal download, whose progress the page can't see. */
export type ExportOutcome = SavedExport | { by: "browser"; fileName: string };

type SavePicker = (options: { suggestedName: string }) => Promise<FileSystemFileHandle>;

const PATH = "/v1/admin/audit-log/export";
/** Throttles progress reports. */
const TELL_EVERY_MS = 100;

type Options = {
  choice: ExportChoice;
  /** The filters as the API's query parameters. */
  query: Record<string, string>;
  signal: AbortSignal;
  onProgress(progress: ExportProgress): void;
};

/**
 * Saves an export to a file that the person picks. Streams to disk where the browser supports it; elsewhere
 * starts a normal download, because buffering a large export could exhaust memory.
 * @returns undefined when the person canceled the picker
 * @throws ApiError, ConnectionError; a partly written file is discarded
 */
export async function saveExport({
  choice,
  query,
  signal,
  onProgress,
}: Options): Promise<ExportOutcome | undefined> {
  const { format, hasProof } = choice;
  const path = `${PATH}?${new URLSearchParams({ ...query, format, ...(hasProof && { proof: "true" }) })}`;
  const fileName = await askForName(path, signal);
  const { showSaveFilePicker } = window as { showSaveFilePicker?: SavePicker };
  if (!showSaveFilePicker) {
    download(path, fileName);
    return { by: "browser", fileName };
  }
  const file = await pick(showSaveFilePicker, fileName);
  if (!file) return undefined;
  const progress = await write(file, path, { choice, signal, onProgress });
  return { by: "page", fileName: file.name, ...progress };
}

/** Sends HEAD to learn whether the export is allowed; it leaves no audit entry. */
async function askForName(path: string, signal: AbortSignal): Promise<string> {
  const head = await connect(path, { method: "HEAD", signal });
  if (!head.ok) await refuse(path, signal);
  return /filename="(.+)"/.exec(head.headers.get("content-disposition") ?? "")?.[1] ?? "audit";
}

/** A refused HEAD has no body; repeats it as GET for the message. */
async function refuse(path: string, signal: AbortSignal): Promise<never> {
  const { z } = await import("zod");
  await callApi(z.never(), path, { signal });
  throw new ConnectionError();
}

async function pick(showSaveFilePicker: SavePicker, suggestedName: string) {
  try {
    return await showSaveFilePicker.call(window, { suggestedName });
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") return undefined;
    throw error;
  }
}

async function write(
  file: FileSystemFileHandle,
  path: string,
  { choice, signal, onProgress }: Omit<Options, "query">,
): Promise<ExportProgress> {
  const response = await connect(path, { signal });
  if (!response.ok || !response.body) return refuse(path, signal);
  const counter = new RecordCounter(choice.format);
  // The CSV header and the proof aren't entries.
  const others = choice.format === "csv" || choice.hasProof ? 1 : 0;
  let bytes = 0;
  let toldAt = 0;
  const count = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform(chunk, controller) {
      counter.add(chunk);
      bytes += chunk.byteLength;
      if (performance.now() - toldAt >= TELL_EVERY_MS) {
        toldAt = performance.now();
        onProgress({ entries: counter.records, bytes });
      }
      controller.enqueue(chunk);
    },
  });
  const target = await file.createWritable();
  try {
    // The file gets its name only when complete; an error aborts the writing.
    await response.body.pipeThrough(count).pipeTo(target, { signal });
  } catch (error) {
    if (signal.aborted || error instanceof ApiError) throw error;
    throw new ConnectionError();
  }
  return { entries: counter.records - others, bytes };
}

async function connect(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(path, { cache: "no-store", headers: signedInAs(), ...init });
  } catch (error) {
    if (init.signal?.aborted) throw error;
    throw new ConnectionError();
  }
}

function download(path: string, fileName: string): void {
  const link = document.createElement("a");
  link.href = path;
  link.download = fileName;
  link.click();
}

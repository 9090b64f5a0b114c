import { findAuditEntries } from "@/lib/audit/trail/find-audit-entries";
import { writeEntry } from "@/lib/audit/trail/write-entry";
import type { AuditExportQuery } from "@/lib/contract/audit";
import type { Db } from "@/lib/platform/db/client";
import type { RequestContext } from "@/lib/states/audit-entry";
import type { Caller } from "@/lib/states/caller";
import { PLATFORM_ORG_ID } from "@/lib/states/platform-org";
import { countEntries, type ExportSize } from "./count-entries";
import { CSV_HEAD, toCsvRows, toLines } from "./entry-rows";
import { admitExport, openExport } from "./export-stream";
import { nameExport } from "./name-export";
import { openChains } from "./open-chains";
import { readChains } from "./read-chains";

export type ExportEntries = {
  query: AuditExportQuery;
  context: RequestContext;
  /** False for HEAD, which sends no entries. */
  isDownloaded: boolean;
  /** Runs one read in the list pool. */
  list<T>(read: (db: Db) => Promise<T>): Promise<T>;
  /**
   * Reads the current state of the caller.
   * @throws when they may no longer export
   */
  readCallerAgain(): Promise<Caller>;
};

export type ExportedFile = {
  mediaType: "text/csv" | "application/x-ndjson";
  fileName: string;
  body: ReadableStream<Uint8Array>;
  /** Only for HEAD; undefined if counting would take long. */
  size?: ExportSize | undefined;
};

/** Entries per read, and in memory: about 500 kB. */
const BATCH = 500;

/** Positions that one read scans for an organization's entries: about 20 ms. */
const STRIDE = 50_000;

/**
 * Streams the entries in reach that match. Reads them by position, in batches, as fast as the client takes
 * them, without holding a connection or a snapshot: entries never change, so each that existed at the start
 * appears once. Writes the export's own audit entry before the first byte. With a proof, the file has the
 * chains that docs/audit-format.md describes, by position, up to a checkpoint.
 * @throws Refusal RATE_LIMITED for too many exports at a time, CONFLICT for a proof before the first
 * checkpoint
 */
export async function exportEntries(db: Db, caller: Caller, command: ExportEntries): Promise<ExportedFile> {
  const { query, context, isDownloaded } = command;
  const release = admitExport(caller);
  try {
    const fileName = nameExport(query, new Date());
    const chunks = query.proof === "true" ? writeChains(caller, command) : writeList(caller, command);
    // Read the first batch now, so that an immediate failure writes no entry about an export.
    const first = await chunks.next();
    if (isDownloaded) await recordExport(db, caller, { query, context, fileName });
    const size = isDownloaded ? undefined : await measure(caller, command);
    const mediaType = query.format === "csv" ? "text/csv" : "application/x-ndjson";
    const body = openExport(resume(first, chunks), { ...command, caller, release });
    return { mediaType, fileName, body, size };
  } catch (error) {
    release();
    throw error;
  }
}

/** Searches text month by month, so counting every match could take long. */
const measure = async ({ reach }: Caller, { query, list }: ExportEntries) =>
  query.reason === undefined ? list((db) => countEntries(db, reach, query)) : undefined;

type Chunks = AsyncGenerator<string, void>;

async function* writeList({ kind, reach }: Caller, { query, list }: ExportEntries): Chunks {
  const { format, proof: _proof, ...filter } = query;
  const write = format === "csv" ? toCsvRows : toLines;
  // The byte order mark makes Excel read UTF-8; a script would read it as part of the first column's name.
  let head = format !== "csv" ? "" : kind === "session" ? `\uFEFF${CSV_HEAD}` : CSV_HEAD;
  let pq: string | undefined;
  do {
    const page = await list((db) => findAuditEntries(db, reach, { ...filter, limit: BATCH, pq }));
    yield head + write(page.items);
    head = "";
    pq = page.next ?? undefined;
  } while (pq !== undefined);
}

async function* writeChains({ reach }: Caller, { query, list }: ExportEntries): Chunks {
  const chains = await list((db) => openChains(db, reach, query));
  const read = { reach, orgId: query.org_id, batch: BATCH, stride: STRIDE, list };
  for await (const entries of readChains(chains, read)) yield toLines(entries);
  yield `${JSON.stringify({ proof: chains.proof })}\n`;
}

async function* resume(first: IteratorResult<string, void>, rest: Chunks): Chunks {
  if (first.done) return;
  yield first.value;
  yield* rest;
}

type Exported = Pick<ExportEntries, "query" | "context"> & { fileName: string };

async function recordExport(db: Db, caller: Caller, { query, context, fileName }: Exported): Promise<void> {
  const { format, proof, ...filter } = query;
  await writeEntry(db, {
    caller,
    context,
    orgId: PLATFORM_ORG_ID,
    action: "audit.exported",
    target: { type: "audit", id: filter.org_id ?? PLATFORM_ORG_ID, label: fileName },
    meta: { format, proof: proof === "true", filter, org_ids: caller.reach.all ? null : caller.reach.orgIds },
  });
}

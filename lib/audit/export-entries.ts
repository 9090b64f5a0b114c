import type { AuditEntry, AuditExportQuery } from "@/lib/contract/audit";
import type { Db } from "@/lib/db/client";
import type { Caller } from "@/lib/identity/caller";
import { PLATFORM_ORG_ID } from "@/lib/organizations/platform";
import type { RequestContext } from "./audit-entry";
import { CSV_HEAD, toCsvRows, toLines } from "./entry-rows";
import { admitExport, openExport } from "./export-stream";
import { findAuditEntries } from "./find-audit-entries";
import { nameExport } from "./name-export";
import { writeEntry } from "./write-entry";

export type ExportEntries = {
  query: AuditExportQuery;
  context: RequestContext;
  /** False when only the headers are asked for: nothing leaves the trail then. */
  isDownloaded: boolean;
  /** Runs one read among the lists that are under way. */
  list<T>(read: (db: Db) => Promise<T>): Promise<T>;
  /** The caller as they are by now. @throws when they may not export any more */
  readCallerAgain(): Promise<Caller>;
  /** Ends the connection of a client that takes nothing any more. */
  cut(): void;
};

export type ExportedFile = {
  mediaType: "text/csv" | "application/x-ndjson";
  fileName: string;
  body: ReadableStream<Uint8Array>;
};

/** Entries in one read: what an export holds at a time, some 500 kB. */
const BATCH = 500;

/**
 * The entries in reach that match, as a file. They are read by their place in the trail, batch by batch, as fast as the
 * client takes them: nothing is held meanwhile, neither a connection nor a snapshot, and since no entry ever changes,
 * each that was there at the beginning is met once. The export's own entry is written before the first byte.
 * @throws Refusal RATE_LIMITED for too many exports at a time
 */
export async function exportEntries(db: Db, caller: Caller, command: ExportEntries): Promise<ExportedFile> {
  const { query, context, isDownloaded } = command;
  const release = admitExport(caller.credentialId);
  try {
    const fileName = nameExport(query, new Date());
    const pages = readPages(caller, command);
    // Whatever can go wrong at once goes wrong before anything is said to have been exported.
    const first = await pages.next();
    if (isDownloaded) await recordExport(db, caller, { query, context, fileName });
    const chunks = write(query.format, first, pages);
    const mediaType = query.format === "csv" ? "text/csv" : "application/x-ndjson";
    return { mediaType, fileName, body: openExport(chunks, { ...command, caller, release }) };
  } catch (error) {
    release();
    throw error;
  }
}

type Pages = AsyncGenerator<AuditEntry[], void>;

async function* readPages({ reach }: Caller, { query, list }: ExportEntries): Pages {
  const { format: _format, proof: _proof, ...filter } = query;
  let pq: string | undefined;
  do {
    const page = await list((db) => findAuditEntries(db, reach, { ...filter, limit: BATCH, pq }));
    yield page.items;
    pq = page.next ?? undefined;
  } while (pq !== undefined);
}

async function* write(
  format: AuditExportQuery["format"],
  first: IteratorResult<AuditEntry[], void>,
  rest: Pages,
) {
  const toText = format === "csv" ? toCsvRows : toLines;
  if (format === "csv") yield CSV_HEAD;
  if (first.value) yield toText(first.value);
  for await (const entries of rest) yield toText(entries);
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

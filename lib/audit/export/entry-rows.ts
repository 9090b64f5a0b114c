import { stringify } from "csv-stringify/sync";
import type { AuditEntry } from "@/lib/contract/audit";

type Cell = string | number | null;

/** What each column of a CSV file has of an entry, in the file's order. */
const COLUMNS: Record<string, (entry: AuditEntry) => Cell> = {
  position: ({ position }) => position,
  occurred_at: ({ occurred_at }) => occurred_at,
  org_id: ({ org_id }) => org_id,
  action: ({ action }) => action,
  actor_type: ({ actor }) => actor.type,
  actor_id: ({ actor }) => actor.id,
  actor_name: ({ actor }) => actor.name,
  actor_email: ({ actor }) => actor.email,
  actor_role: ({ actor }) => actor.role,
  actor_key_prefix: ({ actor }) => actor.key_prefix,
  actor_owner_id: ({ actor }) => actor.owner?.id ?? null,
  actor_owner_name: ({ actor }) => actor.owner?.name ?? null,
  actor_owner_role: ({ actor }) => actor.owner?.role ?? null,
  target_type: ({ target }) => target.type,
  target_id: ({ target }) => target.id,
  target_label: ({ target }) => target.label,
  reason: ({ meta }) => meta.reason,
  ticket: ({ meta }) => meta.ticket,
  status_before: ({ meta }) => meta.status_before ?? null,
  status_after: ({ meta }) => meta.status_after ?? null,
  meta: ({ meta }) => writeRest(meta),
  source: ({ context }) => context.source,
  ip: ({ context }) => context.ip,
  user_agent: ({ context }) => context.user_agent,
  request_id: ({ context }) => context.request_id,
  id: ({ id }) => id,
  chain_sequence: ({ chain }) => chain?.sequence ?? null,
  chain_previous_hash: ({ chain }) => chain?.previous_hash ?? null,
  chain_hash: ({ chain }) => chain?.hash ?? null,
};

/** The names of the columns. */
export const CSV_HEAD = `${Object.keys(COLUMNS).join(",")}\r\n`;

/**
 * Where a formula would begin for a spreadsheet that separates cells by semicolons or tabs, as Excel does in much of Europe:
 * to it the quotes around a cell in the middle of a line mean nothing.
 */
const FORMULA_WITHIN = /(?<=[;\t\r\n])(?=[=+\-@\t\r＝＋－＠])/g;

const disarm = (cell: Cell): Cell => (typeof cell === "string" ? cell.replace(FORMULA_WITHIN, "'") : cell);

/** Entries as rows of CSV (RFC 4180), each of them ended. A spreadsheet finds no formula in them, nor in a part of a cell. */
export const toCsvRows = (entries: AuditEntry[]): string =>
  stringify(
    entries.map((entry) => Object.values(COLUMNS).map((read) => disarm(read(entry)))),
    { record_delimiter: "\r\n", quoted_match: /[\r\n]/, escape_formulas: true },
  );

/** Entries as lines of JSON, each of them ended. */
export const toLines = (entries: AuditEntry[]): string =>
  entries.map((entry) => `${JSON.stringify(entry)}\n`).join("");

const OWN_COLUMNS: ReadonlySet<string> = new Set(["reason", "ticket", "status_before", "status_after"]);

/** What the entry says beyond the columns of its own, as JSON; nothing where there is nothing. */
function writeRest(meta: AuditEntry["meta"]): Cell {
  const rest = Object.entries(meta).filter(([name]) => !OWN_COLUMNS.has(name));
  return rest.length === 0 ? null : JSON.stringify(Object.fromEntries(rest));
}

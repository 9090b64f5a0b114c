import { stringify } from "csv-stringify/sync";
import type { AuditEntry } from "@/lib/contract/audit";

type Cell = string | number | null;

/** The columns of a CSV file, in order. */
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
  actor_maker_id: ({ actor }) => actor.maker?.id ?? null,
  actor_maker_name: ({ actor }) => actor.maker?.name ?? null,
  actor_maker_email: ({ actor }) => actor.maker?.email ?? null,
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
 * Where a formula could start if a spreadsheet separates cells by semicolons or tabs, as Excel does in much
 * of Europe: there, quotes around a cell don't count in the middle of a line.
 */
const FORMULA_WITHIN = /(?<=[;\t\r\n])(?=[=+\-@\t\r＝＋－＠])/g;

const disarm = (cell: Cell): Cell => (typeof cell === "string" ? cell.replace(FORMULA_WITHIN, "'") : cell);

/**
 * Formats entries as CSV rows (RFC 4180), each with its line end. Prevents formula injection: spreadsheets
 * find no formula in a cell or a part of one.
 */
export const toCsvRows = (entries: AuditEntry[]): string =>
  stringify(
    entries.map((entry) => Object.values(COLUMNS).map((read) => disarm(read(entry)))),
    { record_delimiter: "\r\n", quoted_match: /[\r\n]/, escape_formulas: true },
  );

/** Formats entries as JSON lines, each with its line end. */
export const toLines = (entries: AuditEntry[]): string =>
  entries.map((entry) => `${JSON.stringify(entry)}\n`).join("");

const OWN_COLUMNS: ReadonlySet<string> = new Set(["reason", "ticket", "status_before", "status_after"]);

/** The fields of `meta` without a column, as JSON; empty if there are none. */
function writeRest(meta: AuditEntry["meta"]): Cell {
  const rest = Object.entries(meta).filter(([name]) => !OWN_COLUMNS.has(name));
  return rest.length === 0 ? null : JSON.stringify(Object.fromEntries(rest));
}

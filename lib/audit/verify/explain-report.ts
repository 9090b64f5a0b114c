import type { FoundKind } from "./finding";
import type { Report } from "./report";

const KEYS_FROM: Record<Report["checked"]["keys"]["source"], string> = {
  command: "given on the command line",
  database: "taken from the database itself, where a forger could have replaced them. Give one with --key",
  file: "taken from the file itself, where a forger could have replaced them. Give one with --key",
};

/** Formats the report for people: the checks, the keys and the result. */
export function explainReport(report: Report): string {
  const { checked, findings, subject } = report;
  const lines = [
    `Checked ${subject}: ${count(checked.entries, "entry", "entries")} of ${count(checked.orgs, "organization")}${positions(report)}, ${count(checked.links, "link")} between them.`,
    ...(checked.retired > 0
      ? [
          `${count(checked.retired, "entry", "entries")} of retired months: only their seals were checked. Give their files with --archive.`,
        ]
      : []),
    ...(checked.unsealed > 0 ? [`${count(checked.unsealed, "entry", "entries")} without a seal yet.`] : []),
    explainCoverage(report),
    ...findings.map(explainFinding),
    report.holds ? "Verified." : "Not verified.",
  ];
  return lines.join("\n");
}

function positions({ checked: { first_position, last_position } }: Report): string {
  return first_position === null ? "" : `, positions ${first_position} to ${last_position}`;
}

function explainCoverage({ checked }: Report): string {
  const { checkpoints, copies, covered_position, keys } = checked;
  if (checkpoints + copies === 0)
    return "No checkpoint covers any of it, so its owner could have rewritten all of it.";
  const kept = copies > 0 ? ` and ${count(copies, "copy", "copies")} kept elsewhere` : "";
  const after =
    covered_position !== null && (checked.last_position ?? 0) > covered_position
      ? "; no checkpoint covers the rest yet"
      : "";
  const ids = keys.ids.map(({ id, checkpoints: signed }) => `${id} (signed ${signed})`).join(", ") || "none";
  return `${count(checkpoints, "checkpoint")}${kept}, covering positions up to ${covered_position}${after}.\nKeys: ${ids}; ${KEYS_FROM[keys.source]}.`;
}

function explainFinding({ kind, isWarning, count: times, first }: FoundKind): string {
  const { message, position, org_id, sequence, entry_id, checkpoint } = first;
  const where = [
    position !== undefined && `position ${position}`,
    org_id !== undefined && `organization ${org_id}`,
    sequence !== undefined && `sequence ${sequence}`,
    entry_id !== undefined && `entry ${entry_id}`,
    checkpoint !== undefined && `checkpoint ${checkpoint}`,
  ].filter(Boolean);
  const more = times > 1 ? ` (the first of ${times})` : "";
  return harmless(`${isWarning ? "warning: " : ""}${kind}${more}: ${[...where, message].join(", ")}`);
}

/** A forger may have written the input, so it must not control the terminal or add lines to the output. */
const harmless = (line: string): string => line.replaceAll(/[\p{C}\p{Zl}\p{Zp}]/gu, "\u{fffd}");

const count = (number: number, one: string, many = `${one}s`): string =>
  `${number} ${number === 1 ? one : many}`;

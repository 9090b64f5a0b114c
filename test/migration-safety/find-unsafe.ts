import { spawnSync } from "node:child_process";
import { parse, type ParseResult } from "libpg-query";
import { ownRules } from "./own-rules";
import type { Statement, Unsafe } from "./statement";

/** Style, and settings that `migrate` makes for every migration. */
const NOT_OURS = [
  "prefer-bigint-over-int",
  "prefer-bigint-over-smallint",
  "prefer-robust-stmts",
  "prefer-text-field",
  "prefer-identity",
  "prefer-timestamp-tz",
  "require-enum-value-ordering",
  "require-lock-timeout",
  "require-statement-timeout",
];
/** A comment directly before a statement accepts its risks, with the reason. */
const ACCEPTED = /^\s*-- safe: \S.{14,}$/m;

/**
 * Finds statements that lock a large table, or that break the version before, which still runs during an
 * update: Squawk's rules, and ours where Squawk has none.
 */
export async function findUnsafe(sql: string): Promise<Unsafe[]> {
  if (sql.includes("squawk-ignore"))
    throw new Error("Use a comment `-- safe: why` instead of squawk-ignore.");
  const statements = splitStatements(sql, await parse(sql));
  const found = [...runSquawk(sql), ...statements.flatMap(ownRules)];
  const isAccepted = ({ line }: Unsafe) =>
    statements.some(
      ({ firstLine, lastLine, before }) => firstLine <= line && line <= lastLine && ACCEPTED.test(before),
    );
  return found.filter((unsafe) => !isAccepted(unsafe)).toSorted((a, b) => a.line - b.line);
}

function runSquawk(sql: string): Unsafe[] {
  const args = [
    "--reporter=json",
    "--assume-in-transaction",
    "--pg-version=18",
    `--exclude=${NOT_OURS.join()}`,
  ];
  const { stdout, error } = spawnSync("node_modules/.bin/squawk", args, { input: sql, encoding: "utf8" });
  if (error) throw error;
  const found = JSON.parse(stdout) as { line: number; rule_name: string; message: string }[];
  return found.map(({ line, rule_name, message }) => ({ line: line + 1, rule: rule_name, message }));
}

function splitStatements(sql: string, { stmts = [] }: ParseResult): Statement[] {
  const bytes = Buffer.from(sql);
  const textOf = (from: number, to?: number) => bytes.subarray(from, to).toString("utf8");
  const lineAt = (at: number) => textOf(0, at).split("\n").length;
  let end = 0;
  return stmts.map(({ stmt, stmt_location: at = 0, stmt_len: length }) => {
    const raw = textOf(at, length ? at + length : undefined);
    const blank = /^(\s|--.*\n)*/.exec(raw)![0];
    const start = at + Buffer.byteLength(blank);
    const before = textOf(end, start);
    end = length ? at + length : bytes.length;
    const [[kind, node]] = Object.entries(stmt as object) as [[string, Record<string, unknown>]];
    return { kind, node, firstLine: lineAt(start), lastLine: lineAt(end), before };
  });
}

import type { Statement, Unsafe } from "./statement";

type Node = Record<string, unknown>;
type Rule = [rule: string, applies: (statement: Statement) => boolean, message: string];

const is =
  (kind: string, matches: (node: Node) => boolean = () => true) =>
  (statement: Statement) =>
    statement.kind === kind && matches(statement.node);

const NO_LONGER_USED = "The version before may still use it. Remove it in the release after the last use.";

/** Squawk doesn't check these. */
const RULES: Rule[] = [
  ["rename-enum-value", is("AlterEnumStmt", ({ oldVal }) => oldVal !== undefined), NO_LONGER_USED],
  [
    "rename",
    is(
      "RenameStmt",
      ({ renameType }) =>
        !["OBJECT_TABLE", "OBJECT_COLUMN", "OBJECT_TABCONSTRAINT"].includes(String(renameType)),
    ),
    NO_LONGER_USED,
  ],
  [
    "drop-object",
    is("DropStmt", ({ removeType }) =>
      /^OBJECT_(TYPE|FUNCTION|PROCEDURE|VIEW|MATVIEW|SCHEMA|SEQUENCE|DOMAIN)$/.test(String(removeType)),
    ),
    NO_LONGER_USED,
  ],
  ["move-object", is("AlterObjectSchemaStmt"), NO_LONGER_USED],
  [
    "revoke",
    is("GrantStmt", ({ is_grant }) => !is_grant),
    "The version before may still need the privilege.",
  ],
  [
    "rewrite-rows",
    (statement) => is("UpdateStmt")(statement) || is("DeleteStmt")(statement),
    "It locks its rows until the migration ends. Change them in batches, in a job of the version after.",
  ],
  ["lock-table", is("LockStmt"), "It keeps requests waiting."],
  [
    "truncate",
    is("TruncateStmt"),
    "It removes rows that the version before may use, under an exclusive lock.",
  ],
  [
    "rewrite-table",
    (statement) =>
      is("ClusterStmt")(statement) ||
      is("VacuumStmt", ({ is_vacuumcmd }) => is_vacuumcmd === true)(statement),
    "It rewrites the table under an exclusive lock.",
  ],
  ["create-trigger", is("CreateTrigStmt"), "The version before must satisfy it too."],
  [
    "new-check",
    is("AlterTableStmt", ({ cmds }) => addsConstraint(cmds as Node[])),
    "The version before must satisfy it too.",
  ],
  ["hidden-sql", is("DoStmt"), "Its statements can't be checked."],
];

/** Applies our rules to a statement. */
export const ownRules = (statement: Statement): Unsafe[] =>
  RULES.filter(([, applies]) => applies(statement)).map(([rule, , message]) => ({
    line: statement.firstLine,
    rule,
    message,
  }));

const addsConstraint = (commands: Node[]): boolean =>
  commands.some((command) => (command["AlterTableCmd"] as Node)["subtype"] === "AT_AddConstraint");

import { parseArgs } from "node:util";
import { explainReport } from "@/lib/audit/verify/explain-report";
import { VerificationError } from "@/lib/audit/verify/verification-error";
import { verifyDatabase } from "@/lib/audit/verify/verify-database";
import { verifyFile } from "@/lib/audit/verify/verify-file";

const OPTIONS = {
  key: { type: "string", multiple: true },
  checkpoints: { type: "string", multiple: true },
  archive: { type: "string", multiple: true },
  json: { type: "boolean" },
} as const;

/**
 * Verifies the audit trail in DATABASE_URL, or an export. Exit code 0: verified; 1: faults found, one line
 * each with its place; 2: nothing could be verified.
 */
try {
  const { values, positionals } = readArguments();
  const { key: keys = [], checkpoints: copies = [], archive: archives = [] } = values;
  const [file] = positionals;
  const report = await (file === undefined
    ? verifyDatabase(readDatabaseUrl(), { keys, copies, archives })
    : verifyFile(file, { keys, copies }));
  console.log(explainReport(report));
  if (values.json) console.log(JSON.stringify(report));
  process.exitCode = report.holds ? 0 : 1;
} catch (error) {
  const isKnown = error instanceof VerificationError;
  console.error(isKnown ? error.message : error);
  process.exitCode = 2;
}

function readArguments() {
  try {
    const found = parseArgs({ options: OPTIONS, allowPositionals: true });
    if (found.positionals.length > 1) throw new Error("Name one file only.");
    return found;
  } catch (error) {
    const usage =
      "npm run audit:verify -- [FILE] [--key KEY]… [--checkpoints PLACE]… [--archive FILE]… [--json]";
    throw new VerificationError(`${(error as Error).message}\n${usage}`);
  }
}

function readDatabaseUrl(): string {
  const url = process.env["DATABASE_URL"];
  if (!url)
    throw new VerificationError("DATABASE_URL is missing. Set it to the database to verify, or name a file.");
  return url;
}

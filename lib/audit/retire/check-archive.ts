import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import path from "node:path";
import type { Db } from "@/lib/platform/db/client";
import { SetupProblem } from "@/lib/platform/setup-problem";
import { verifyFile } from "../verify/verify-file";
import { archiveName, type Month } from "./month";
import type { Survey } from "./survey-month";

/**
 * Reads an archive back and verifies it as anyone could: every hash, every link, and the checkpoint's
 * signature.
 * @throws SetupProblem if the file differs from the written one or doesn't verify
 */
export async function checkArchive(
  db: Db,
  month: Month,
  folder: string,
  { checkpoint, entries }: Survey,
  written: Buffer,
): Promise<void> {
  const file = path.join(folder, archiveName(month));
  if (!(await hashArchive(month, folder))?.equals(written))
    throw new SetupProblem(`${file} changed after it was written.`);
  const keys = await db.auditKey.findMany({ select: { verifierKey: true } });
  const { holds, findings, checked } = await verifyFile(file, {
    keys: keys.map(({ verifierKey }) => verifierKey),
    copies: [],
  });
  const isWhole = checked.entries >= entries && checked.covered_position === Number(checkpoint.position);
  if (!holds || !isWhole)
    throw new SetupProblem(
      `${file} failed verification: ${findings[0]?.first.message ?? "entries are missing"}.`,
    );
}

/** @returns undefined when the file is missing */
export async function hashArchive(month: Month, folder: string): Promise<Buffer | undefined> {
  const sum = createHash("sha256");
  try {
    for await (const chunk of createReadStream(path.join(folder, archiveName(month)))) {
      sum.update(chunk as Buffer);
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
  return sum.digest();
}

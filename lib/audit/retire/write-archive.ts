import { createHash } from "node:crypto";
import { open, rename } from "node:fs/promises";
import path from "node:path";
import { proveHeads } from "@/lib/audit/sealing/prove-heads";
import type { Db } from "@/lib/platform/db/client";
import { archiveName, type Month } from "./month";
import { readMonthEntries } from "./read-month";
import type { Survey } from "./survey-month";

/**
 * Writes the month's export with its proof, as docs/audit-format.md describes. A file by this name is always
 * complete, and is on disk when this returns.
 * @returns the hash of its content
 */
export async function writeArchive(db: Db, month: Month, folder: string, survey: Survey): Promise<Buffer> {
  const file = path.join(folder, archiveName(month));
  const sum = createHash("sha256");
  const handle = await open(`${file}.partial`, "w", 0o600);
  try {
    const write = async (lines: unknown[]) => {
      const text = lines.map((line) => `${JSON.stringify(line)}\n`).join("");
      sum.update(text);
      await handle.writeFile(text);
    };
    for await (const entries of readMonthEntries(db, survey)) await write(entries);
    await write([{ proof: await proveHeads(db, survey.checkpoint, [...survey.beginnings.keys()].sort()) }]);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(`${file}.partial`, file);
  const inFolder = await open(folder, "r");
  await inFolder.sync().finally(() => inFolder.close());
  return sum.digest();
}

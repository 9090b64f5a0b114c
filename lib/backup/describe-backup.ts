import type { Manifest } from "./manifest";

/** A few lines for the person at the terminal. */
export function describeBackup(folder: string, { tables, trail, created_at, version }: Manifest): string {
  const sum = (key: "rows" | "bytes") => tables.reduce((total, table) => total + table[key], 0);
  const { checkpoint, last_position, unsealed, verifier_keys, retired_months } = trail;
  return [
    `${folder}: ${sum("rows")} rows of ${tables.length} tables, ${(sum("bytes") / 2 ** 20).toFixed(1)} MiB`,
    `  of ${created_at}, version ${version}`,
    `  audit trail up to position ${last_position ?? 0}, ${unsealed} entries unsealed`,
    checkpoint
      ? `  last checkpoint ${checkpoint.number}, position ${checkpoint.position}, root ${checkpoint.root}`
      : "  no checkpoint",
    ...verifier_keys.map((key) => `  verifier key ${key}`),
    ...(retired_months.length > 0 ? [`  months in archives only: ${retired_months.join(", ")}`] : []),
  ].join("\n");
}

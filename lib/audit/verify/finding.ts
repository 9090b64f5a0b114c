/** The possible faults of a trail; docs/audit-format.md explains each. */
export const FINDING_KINDS = [
  "edited",
  "fork",
  "broken_link",
  "gap",
  "missing_entry",
  "inserted",
  "missing_tail",
  "rewritten",
  "bad_signature",
  "checkpoint_chain",
  "malformed",
  "unsealed",
] as const;
export type FindingKind = (typeof FINDING_KINDS)[number];

/** Not evidence of tampering: the sealer may be down. */
const WARNINGS: ReadonlySet<FindingKind> = new Set(["unsealed"]);

/** A fault, and its place if known. */
export type Finding = {
  kind: FindingKind;
  message: string;
  position?: number;
  org_id?: string;
  sequence?: number;
  entry_id?: string;
  /** A checkpoint's number. */
  checkpoint?: number;
};

export type FoundKind = { kind: FindingKind; isWarning: boolean; count: number; first: Finding };

/**
 * Findings by kind: the first of each and a count, so that even a wholly corrupt trail takes little memory.
 */
export class Findings {
  readonly #found = new Map<FindingKind, FoundKind>();

  /** @param count how many of this kind; the finding is the first */
  add(finding: Finding, count = 1): void {
    const { kind } = finding;
    const found = this.#found.get(kind);
    if (found) found.count += count;
    else this.#found.set(kind, { kind, isWarning: WARNINGS.has(kind), count, first: finding });
  }

  list(): FoundKind[] {
    return FINDING_KINDS.flatMap((kind) => this.#found.get(kind) ?? []);
  }

  get holds(): boolean {
    return this.list().every(({ isWarning }) => isWarning);
  }
}

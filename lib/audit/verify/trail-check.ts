import { hash } from "node:crypto";
import { genesisText } from "@/lib/audit/sealing/chain";
import type { Link, Head } from "@/lib/audit/sealing/link";
import type { Findings } from "./finding";

/**
 * Follows a trail by position: every hash must match its entry, every link must continue the previous one,
 * and every place must be taken exactly once. Remembers only one head per organization.
 */
export class TrailCheck {
  readonly heads = new Map<string, Head>();
  /** How many entry hashes were computed. */
  entries = 0;
  /** How many links lead from one entry to the organization's next, or from the start to the first. */
  links = 0;
  firstPosition: number | undefined;
  lastPosition = 0;
  readonly #findings: Findings;
  readonly #gaps: Findings;
  readonly #isWhole: boolean;

  /**
   * @param isWhole whether the trail must start with its first entry and have no gaps
   * @param gaps receives gaps in chains, if they may turn out to be allowed
   */
  constructor(findings: Findings, { isWhole, gaps = findings }: { isWhole: boolean; gaps?: Findings }) {
    this.#findings = findings;
    this.#gaps = gaps;
    this.#isWhole = isWhole;
  }

  /**
   * @param text the text that the hash must match; absent if there is no entry to compute it from
   * @param agrees whether the seal's key of the entry matches the entry
   */
  follow(link: Link, text: string | undefined, agrees = true): void {
    this.#followPosition(link);
    if (text !== undefined) this.#compareHash(link, text, agrees);
    this.#followChain(link);
  }

  #compareHash(link: Link, text: string, agrees: boolean): void {
    this.entries++;
    const computed = hash("sha256", text);
    if (computed === link.hash && agrees) return;
    const message =
      computed === link.hash
        ? "its seal names another organization or time than the entry has"
        : `the entry's hash is ${computed}, and ${link.hash} is recorded`;
    this.#findings.add({ kind: "edited", ...place(link), message });
  }

  #followPosition(link: Link): void {
    const { position } = link;
    const expected = this.lastPosition + 1;
    this.firstPosition ??= position;
    if (position < expected) {
      const message = `position ${position} comes after position ${this.lastPosition}`;
      this.#findings.add({ kind: "fork", ...place(link), message });
    } else if (position > expected && this.#isWhole) {
      const message = `${range("position", expected, position - 1)} missing before it`;
      this.#findings.add({ kind: "gap", ...place(link), position: expected, message });
    }
    this.lastPosition = Math.max(position, this.lastPosition);
  }

  #followChain(link: Link): void {
    const { orgId, sequence, previousHash } = link;
    const head = this.heads.get(orgId) ?? this.#beginning(link);
    if (sequence <= head.sequence) {
      const message = `the organization's chain has another entry with sequence ${sequence}`;
      this.#findings.add({ kind: "fork", ...place(link), message });
      return;
    }
    if (sequence > head.sequence + 1) {
      const message = `${range("sequence", head.sequence + 1, sequence - 1)} of the organization's chain missing before it`;
      this.#gaps.add({ kind: "gap", ...place(link), sequence: head.sequence + 1, message });
    } else if (previousHash !== head.hash) {
      const message = `it follows ${previousHash}, but the hash before it is ${head.hash}`;
      this.#findings.add({ kind: "broken_link", ...place(link), message });
    } else this.links++;
    this.heads.set(orgId, { sequence, hash: link.hash });
  }

  /**
   * The head that an organization's first link must follow. In a part of a trail, any that it names, except
   * for the very first.
   */
  #beginning({ orgId, sequence, previousHash }: Link): Head {
    return this.#isWhole || sequence === 1
      ? { sequence: 0, hash: hash("sha256", genesisText(orgId)) }
      : { sequence: sequence - 1, hash: previousHash };
  }
}

export const place = ({ position, orgId, sequence, entryId }: Link) => ({
  position,
  org_id: orgId,
  sequence,
  entry_id: entryId,
});

export const range = (what: string, first: number, last: number): string =>
  first === last ? `${what} ${first} is` : `${what}s ${first} to ${last} are`;

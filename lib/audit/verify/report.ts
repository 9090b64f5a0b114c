import type { FoundKind } from "./finding";
import type { KeySource } from "./key-ring";

/** What was found, and exactly what was looked at. */
export type Report = {
  holds: boolean;
  subject: string;
  findings: FoundKind[];
  checked: {
    /** Of how many entries the hash was computed. */
    entries: number;
    links: number;
    first_position: number | null;
    last_position: number | null;
    orgs: number;
    /** Entries that are in an archive, which was not at hand. */
    retired: number;
    /** Entries that wait for their seal. */
    unsealed: number;
    checkpoints: number;
    copies: number;
    keys: { source: KeySource; ids: { id: string; checkpoints: number }[] };
    /** Up to where checkpoints vouch; null when none does. */
    vouched_position: number | null;
  };
};

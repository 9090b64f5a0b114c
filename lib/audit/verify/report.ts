import type { FoundKind } from "./finding";
import type { KeySource } from "./key-ring";

/** The findings, and exactly what the verification covered. */
export type Report = {
  holds: boolean;
  subject: string;
  findings: FoundKind[];
  checked: {
    /** How many entry hashes were computed. */
    entries: number;
    links: number;
    first_position: number | null;
    last_position: number | null;
    orgs: number;
    /** Entries of retired months whose archives were not given. */
    retired: number;
    /** Entries that wait for their seal. */
    unsealed: number;
    checkpoints: number;
    copies: number;
    keys: { source: KeySource; ids: { id: string; checkpoints: number }[] };
    /** The last position that checkpoints cover; null for none. */
    covered_position: number | null;
  };
};

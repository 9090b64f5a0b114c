import { formatAbsolute } from "@/lib/client/format-time";
import type { EntriesCheck, EntryProofCheck, ProofFault } from "@/lib/client/verify-audit";
import type { AuditEntry } from "@/lib/contract/audit";
import type { Outcome } from "./verify-outcome";

const nameOf = ({ position, chain }: AuditEntry): string =>
  `position ${position}, number ${chain?.sequence} of its chain`;

const FAULTS: Record<Exclude<ProofFault, { entry: AuditEntry }>["kind"], string> = {
  other_entry: "The proof is for a different entry.",
  no_checkpoint: "The checkpoint can’t be read.",
  not_the_head: "The links don’t lead to the newest entry of the chain in the proof.",
  not_covered: "The checkpoint does not cover this chain.",
  bad_signature: "The checkpoint’s signature is not valid.",
};

const MATCHES = "This entry matches its recorded hash.";

/** Explains the check of one entry: its result and its steps. */
export function explainEntryCheck(shown: AuditEntry, check: EntryProofCheck, chainOwner: string): Outcome {
  const { faults, links, head, checkpoint, signer } = check;
  if (faults.length > 0) return explainFaults(shown, faults);
  if (!shown.chain) {
    return { tone: "info", verdict: "Not verified yet: this entry is waiting to be sealed.", details: [] };
  }
  if (!head || !checkpoint) {
    const verdict = "Sealed, but no checkpoint covers this entry yet. One is made every minute.";
    return { tone: "info", verdict, details: [MATCHES] };
  }
  const newest = `the newest entry of ${chainOwner}’s chain, number ${head.sequence}, which the checkpoint covers.`;
  const way =
    links === 0
      ? `It is ${newest}`
      : `${links} ${links === 1 ? "link leads" : "links lead"} from it to ${newest}`;
  const against = `checkpoint ${checkpoint.number} (${formatAbsolute(checkpoint.time).slice(0, 16)} UTC)`;
  if (!signer) {
    const why = "This browser doesn’t support Ed25519, so the checkpoint’s signature was not checked.";
    return { tone: "warn", verdict: `Matches ${against}. ${why}`, details: [MATCHES, way] };
  }
  const key = `Signed with key ${signer}. Compare this with your own copy of the key.`;
  return { tone: "success", verdict: `Verified against ${against}.`, details: [MATCHES, way, key] };
}

function explainFaults(shown: AuditEntry, faults: ProofFault[]): Outcome {
  const problems: string[] = [];
  const faulty: Outcome["faulty"] = [];
  for (const fault of faults) {
    if (!("entry" in fault)) problems.push(FAULTS[fault.kind]);
    else if (fault.kind === "edited" && fault.entry.id === shown.id) {
      problems.push("It doesn’t match its recorded hash: it was changed after it was sealed.");
    } else faulty.push({ id: fault.entry.id, name: `${nameOf(fault.entry)}: ${WRONG[fault.kind]}` });
  }
  return { tone: "danger", verdict: "This entry could not be verified.", problems, details: [], faulty };
}

const WRONG = {
  edited: "it doesn’t match its recorded hash",
  broken_link: "it doesn’t follow the entry before it",
  gap: "an entry before it is missing",
} as const;

/** Explains the check of a page's entries: its result and its steps. */
export function explainEntriesCheck(check: EntriesCheck): Outcome {
  const { entries, unsealed, edited, links, broken, apart } = check;
  const sealed = entries - unsealed;
  const faulty = [
    ...edited.map((entry) => ({ id: entry.id, name: `${nameOf(entry)}: ${WRONG.edited}` })),
    ...broken.map((entry) => ({ id: entry.id, name: `${nameOf(entry)}: ${WRONG.broken_link}` })),
  ];
  const details = [
    `${sealed - edited.length} of ${count(sealed, "entry", "entries")} ${sealed === 1 ? "matches its" : "match their"} recorded hash.`,
    `${count(links, "link", "links")} between neighbors ${links === 1 ? "holds" : "hold"}.`,
    ...(apart > 0
      ? [`${count(apart, "entry has its", "entries have their")} neighbor on another page or filtered out.`]
      : []),
    "To check an entry against a signed checkpoint, open it and verify it there.",
  ];
  const waiting =
    unsealed > 0 ? ` ${count(unsealed, "entry is", "entries are")} still waiting to be sealed.` : "";
  if (faulty.length > 0) {
    const verdict = `Verification failed for ${faulty.length} of these ${count(sealed, "entry", "entries")}.${waiting}`;
    return { tone: "danger", verdict, details, faulty };
  }
  if (sealed === 0)
    return {
      tone: "info",
      verdict: "Not verified yet: these entries are waiting to be sealed.",
      details: [],
    };
  const verdict =
    sealed === 1
      ? `Verified. This entry was not changed.${waiting}`
      : `Verified. None of these ${sealed} entries was changed.${waiting}`;
  return { tone: "success", verdict, details };
}

const count = (number: number, one: string, many: string): string => `${number} ${number === 1 ? one : many}`;

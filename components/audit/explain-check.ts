import { formatAbsolute } from "@/lib/client/format-time";
import type { EntriesCheck, EntryProofCheck, ProofFault } from "@/lib/client/verify-audit";
import type { AuditEntry } from "@/lib/contract/audit";
import type { Outcome } from "./verify-outcome";

const nameOf = ({ position, chain }: AuditEntry): string =>
  `position ${position}, sequence ${chain?.sequence}`;

const FAULTS: Record<Exclude<ProofFault, { entry: AuditEntry }>["kind"], string> = {
  other_entry: "The proof is about another entry than the one that this page shows.",
  no_checkpoint: "The checkpoint can’t be read.",
  not_the_head: "The links don’t lead to the head of the chain that the proof names.",
  not_vouched_for: "The checkpoint does not vouch for this chain.",
  bad_signature: "The checkpoint’s signature is not good.",
};

/** Exactly what was checked of one entry, or exactly what is wrong. */
export function explainEntryCheck(shown: AuditEntry, check: EntryProofCheck, chainOwner: string): Outcome {
  const { faults, links, head, checkpoint, signer } = check;
  if (faults.length > 0) return { tone: "danger", ...explainFaults(shown, faults) };
  if (!shown.chain) {
    return { tone: "info", sentences: ["This entry waits for its seal: there is no hash to compare yet."] };
  }
  const hash = "This entry’s hash is what is recorded.";
  if (!head || !checkpoint) {
    const why = "It is sealed, and no checkpoint vouches for it yet; one is made every minute.";
    return { tone: "info", sentences: [hash, why] };
  }
  const { number, time } = checkpoint;
  const vouched = `the head of ${chainOwner}’s chain, sequence ${head.sequence}, which checkpoint ${number} of ${formatAbsolute(time)} vouches for.`;
  const way =
    links === 0
      ? `It is ${vouched}`
      : `${links} ${links === 1 ? "link leads" : "links lead"} from it to ${vouched}`;
  if (!signer) {
    const why = "This browser doesn’t know Ed25519: the checkpoint’s signature could not be checked here.";
    return { tone: "warn", sentences: [hash, way, why] };
  }
  const key = `Its signature is by key ${signer}, as this server names it; compare it with the one that you keep.`;
  return { tone: "success", sentences: [hash, way, key] };
}

function explainFaults(shown: AuditEntry, faults: ProofFault[]): Pick<Outcome, "sentences" | "faulty"> {
  const sentences = ["This entry could not be verified."];
  const faulty: Outcome["faulty"] = [];
  for (const fault of faults) {
    if (!("entry" in fault)) sentences.push(FAULTS[fault.kind]);
    else if (fault.kind === "edited" && fault.entry.id === shown.id) {
      sentences.push("Its hash is not what is recorded: it was changed after it was sealed.");
    } else faulty.push({ id: fault.entry.id, name: `${nameOf(fault.entry)}: ${WRONG[fault.kind]}` });
  }
  return { sentences, faulty };
}

const WRONG = {
  edited: "its hash is not what is recorded",
  broken_link: "it doesn’t follow the entry before it",
  gap: "an entry before it is missing",
} as const;

/** Exactly what was checked of the entries on a page. */
export function explainEntriesCheck(check: EntriesCheck): Outcome {
  const { entries, unsealed, edited, links, broken, apart } = check;
  const sealed = entries - unsealed;
  const parts = [
    `${sealed - edited.length} of ${sealed} ${sealed === 1 ? "entry" : "entries"} ${sealed === 1 ? "has" : "have"} the hash that is recorded`,
    `${links} ${links === 1 ? "link" : "links"} between them ${links === 1 ? "holds" : "hold"}`,
    ...(broken.length > 0 ? [`${broken.length} ${broken.length === 1 ? "does" : "do"} not`] : []),
    ...(apart > 0 ? [`${apart} ${apart === 1 ? "has its" : "have their"} neighbour on another page`] : []),
    ...(unsealed > 0 ? [`${unsealed} more ${unsealed === 1 ? "waits for its" : "wait for their"} seal`] : []),
  ];
  const faulty = [
    ...edited.map((entry) => ({ id: entry.id, name: `${nameOf(entry)}: ${WRONG.edited}` })),
    ...broken.map((entry) => ({ id: entry.id, name: `${nameOf(entry)}: ${WRONG.broken_link}` })),
  ];
  const tone = faulty.length > 0 ? "danger" : sealed === 0 ? "info" : "success";
  return { tone, sentences: [`${parts.join("; ")}.`], faulty };
}

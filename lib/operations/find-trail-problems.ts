import type { ServiceProblem } from "@/lib/contract/service-state";
import { ageOf, count, type Facts } from "./problem";

/** Entries are sealed within a second; another worker takes over from a lost sealer within half a minute. */
const SEAL_MS = 45_000;
const FORWARD_MS = 60_000;
/** A checkpoint is due every minute. */
const CHECKPOINT_MS = 180_000;
const COPY_MS = 300_000;

/** The problems of the audit trail. */
export function findTrailProblems({ sealing, forwarding, checkpoint, taken_at }: Facts): ServiceProblem[] {
  const uncopied = checkpoint.copies.filter(({ copied_at }) => copied_at === null);
  return [
    ageOf(sealing.oldest_unsealed_at, taken_at) > SEAL_MS && {
      kind: "seal_lag" as const,
      severity: "critical" as const,
      title: `The audit trail isn’t being sealed: ${count(sealing.unsealed, "entry waits", "entries wait")}.`,
      since: sealing.oldest_unsealed_at,
      advice: sealing.is_led
        ? "The entries are safe, but not yet in their chains. A worker holds the sealer’s lease; restart it if this goes on."
        : "The entries are safe, but not yet in their chains. No worker seals: start one, or restart the frozen one.",
      href: "/operations#trail",
    },
    forwarding !== null &&
      ageOf(forwarding.lacking_since, taken_at) > FORWARD_MS && {
        kind: "forward_lag" as const,
        severity: "warning" as const,
        title: `${forwarding.target} lacks ${count(forwarding.lacking, "audit entry", "audit entries")}.`,
        since: forwarding.lacking_since,
        advice: forwarding.last_error
          ? `It fails: ${forwarding.last_error}. Nothing is lost; forwarding goes on when the endpoint answers.`
          : "Nothing is lost; forwarding goes on from where it stopped.",
        href: "/audit/checkpoints",
      },
    ageOf(checkpoint.unsigned_since, taken_at) > CHECKPOINT_MS && {
      kind: "checkpoint_lag" as const,
      severity: "warning" as const,
      title: `${count(checkpoint.unsigned, "sealed entry has", "sealed entries have")} no checkpoint yet.`,
      since: checkpoint.unsigned_since,
      advice: "A checkpoint is due every minute. Look for failed make_checkpoint jobs.",
      href: "/operations#failed-jobs",
    },
    uncopied.length > 0 &&
      ageOf(checkpoint.time, taken_at) > COPY_MS && {
        kind: "checkpoint_copies" as const,
        severity: "warning" as const,
        title: `Checkpoint ${checkpoint.number?.toLocaleString("en")} has not been copied to ${uncopied.map(({ target }) => target).join(", ")}.`,
        since: checkpoint.time,
        advice: uncopied[0]!.last_error
          ? `The copy fails: ${uncopied[0]!.last_error}. Check the destination and its credentials.`
          : "Copies are made in order. Check the destination and its credentials.",
        href: "/audit/checkpoints",
      },
  ].filter((problem) => problem !== false);
}

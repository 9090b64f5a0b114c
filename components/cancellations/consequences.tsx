import { plainStored } from "@/lib/client/bidi";
import type { RunFacts } from "@/lib/client/runs";

type Props = {
  run: RunFacts;
  customer: string;
  /** Addresses of the customer's webhooks for `run.cancelled`; undefined where they aren't known. */
  webhooks: readonly string[] | undefined;
};

/** What a cancel does to this very run, and what it does not. */
export function Consequences({ run, customer, webhooks }: Props) {
  const hosts = [
    ...new Set([...(run.callback_url ? [run.callback_url] : []), ...(webhooks ?? [])].map(hostOf)),
  ];
  return (
    <ul className="marker:text-ink-faint grid list-disc gap-1 pl-4">
      <li>The run ends as cancelled, at once and for good. A result that comes later is dropped.</li>
      <li>
        {run.status_code === "queued"
          ? `The provider may still start it; if so, ${plainStored(customer)} is billed for the work done.`
          : `Compute at the provider keeps running, and ${plainStored(customer)} is billed for the work done.`}{" "}
        Nothing is refunded.
      </li>
      <li className="wrap-anywhere">
        {!webhooks ? (
          <>
            <code className="mono text-ink">run.cancelled</code> goes to{" "}
            <span className="text-ink">{[...hosts, "the customer’s webhooks for it"].join(" and ")}</span>.
          </>
        ) : hosts.length === 0 ? (
          "Nobody is told: the run has no callback URL, and no webhook hears of cancelled runs."
        ) : (
          <>
            <code className="mono text-ink">run.cancelled</code> is queued for{" "}
            <span className="text-ink">{list(hosts)}</span>.
          </>
        )}
      </li>
    </ul>
  );
}

const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).host : url);

/** More than a few are counted. */
const MOST_NAMED = 3;

function list(hosts: string[]): string {
  const named = hosts.slice(0, MOST_NAMED);
  const rest = hosts.length - named.length;
  return rest > 0 ? `${named.join(", ")} and ${rest} more` : named.join(" and ");
}

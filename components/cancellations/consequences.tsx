import { StoredText } from "@/components/ui/stored-text";
import type { RunFacts } from "@/lib/client/runs";

type Props = {
  run: RunFacts;
  customer: string;
  /** URLs of the customer's webhooks for `run.cancelled`; undefined if unknown. */
  webhooks: readonly string[] | undefined;
};

/** The effects of canceling this run, cost first. */
export function Consequences({ run, customer, webhooks }: Props) {
  const hosts = [
    ...new Set([...(run.callback_url ? [run.callback_url] : []), ...(webhooks ?? [])].map(hostOf)),
  ];
  const isQueued = run.status_code === "queued";
  return (
    <ul className="marker:text-ink-faint grid list-disc gap-1 pl-4">
      <li>
        {isQueued ? "The provider may still start it. If it does, " : "The provider may keep computing. "}
        <strong className="text-ink font-semibold">
          <StoredText>{customer}</StoredText> is {!isQueued && "still "}billed
        </strong>{" "}
        for that work; there is no refund.
      </li>
      <li>The run ends immediately. This can’t be undone, and late results are discarded.</li>
      <li className="wrap-anywhere">
        {webhooks && hosts.length === 0 ? (
          "No one is notified: this run has no callback URL or webhook."
        ) : (
          <>
            We’ll notify{" "}
            <span className="text-ink">
              {webhooks ? list(hosts) : [...hosts, "the customer’s webhooks"].join(" and ")}
            </span>{" "}
            (<code className="mono">run.cancelled</code>).
          </>
        )}
      </li>
    </ul>
  );
}

const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).host : url);

/** Lists a few and counts the rest. */
const MOST_NAMED = 3;

function list(hosts: string[]): string {
  const named = hosts.slice(0, MOST_NAMED);
  const rest = hosts.length - named.length;
  return rest > 0 ? `${named.join(", ")} and ${rest} more` : named.join(" and ");
}

import Link from "next/link";
import type { ReactNode } from "react";
import { buttonStyle } from "@/components/ui/button-style";
import { ListEmpty } from "@/components/ui/list-empty";
import { StoredText } from "@/components/ui/stored-text";
import { paths } from "@/lib/client/paths";
import { hasFilters, NO_FILTERS, type RunFilters, writeRunFilters } from "@/lib/client/run-filters";

type Props = {
  problem: "expression" | "filter" | "cursor" | undefined;
  /** Unknown filters in the URL. */
  unknown: readonly string[];
  filters: RunFilters;
  /** Customers with a similar name. */
  alike: readonly { slug: string; name: string }[];
};

/** Why a list of runs is empty, and what to do next. */
export function RunsEmpty({ problem, unknown, filters, alike }: Props) {
  const didYouMean = alike.length > 0 && <DidYouMean customers={alike} />;
  return (
    <ListEmpty
      problem={problem === "expression" ? "filter" : problem}
      hasFilters={hasFilters(filters)}
      one="run"
      all={{ href: paths.runs(), text: "Show all runs" }}
      faulty={
        problem === "expression"
          ? { title: "Can’t run this filter", hint: "Fix the highlighted part and press Enter." }
          : {
              title: "This link has an unknown filter",
              hint: (
                <>
                  {unknown.join(" ")} {didYouMean}
                </>
              ),
            }
      }
      unmatched={
        <>
          {didYouMean}
          {explainNone(onlyExpression(filters))}
          <RemoveFilters filters={filters} />
        </>
      }
      title="No runs yet"
    >
      Runs of the customers you can access appear here. If you expected some, ask an admin for access.
    </ListEmpty>
  );
}

const DidYouMean = ({ customers }: { customers: Props["alike"] }) => (
  <span className="mb-1 block">
    Did you mean{" "}
    {customers.map(({ slug, name }, at) => (
      <span key={slug}>
        {at > 0 && (at === customers.length - 1 ? " or " : ", ")}
        <Link href={paths.runs({ org: slug })} className="text-accent underline">
          <StoredText>{name}</StoredText>
        </Link>
      </span>
    ))}
    ?
  </span>
);

const FILTERS = ["status", "model", "org", "source", "age", "from", "to", "q"] as const;

/** One button for each filter, if there are several. */
function RemoveFilters({ filters }: { filters: RunFilters }): ReactNode {
  const written = writeRunFilters(filters);
  const set = FILTERS.filter((name) => written[name]);
  if (set.length < 2) return null;
  return (
    <span className="mt-3 flex flex-wrap justify-center gap-2">
      {set.map((name) => (
        <Link
          key={name}
          href={paths.runs(writeRunFilters({ ...filters, [name]: NO_FILTERS[name] }))}
          className={buttonStyle("secondary", "sm", "max-w-72")}
        >
          <span className="truncate">
            Remove <span className="mono">{written[name]}</span>
          </span>
        </Link>
      ))}
    </span>
  );
}

/** @returns the expression, if it is the only filter */
const onlyExpression = (filters: RunFilters): string => (hasFilters({ ...filters, q: "" }) ? "" : filters.q);

/** Unrecognized text is looked up as a client ref. */
function explainNone(q: string): string {
  if (q.startsWith("client_ref:"))
    return "No run has this client ref. Try a run ID, request ID, customer name or full email.";
  if (q.startsWith("request_id:")) return "No run has this request ID. Check it for a missing character.";
  if (q) return "Values in an expression match the whole text; * is not a wildcard.";
  return "Remove a filter, or search by run ID (filters don’t apply to IDs).";
}

"use client";

import { useQueries, useQuery } from "@tanstack/react-query";
import { Building2, Search } from "lucide-react";
import { useRouter } from "next/navigation";
import { ShortId } from "@/components/runs/short-id";
import { StatusIcon } from "@/components/runs/status-icon";
import { STATUS_WORDS } from "@/components/runs/status-words";
import { RelativeTime } from "@/components/ui/relative-time";
import { StoredText } from "@/components/ui/stored-text";
import { useDebounced } from "@/components/ui/use-debounced";
import { ApiError } from "@/lib/client/api-error";
import { lookUpOptions } from "@/lib/client/look-up";
import { type Customer, customerOptions, customersOptions, LONGEST_SEARCH } from "@/lib/client/organizations";
import { paths } from "@/lib/client/paths";
import { readId, shorten } from "@/lib/contract/text/pasted";
import type { PaletteItem } from "./palette-item";

/** Longer text adds nothing to the message, and people can paste megabytes. */
const SHOWN = 200;
const REST_MS = 180;
const MOST_CUSTOMERS = 3;

type Found = { items: PaletteItem[]; isLooking: boolean; problem: string | undefined };

/** Finds runs as the look-up box does: first the list or the run itself, then the newest runs. */
export function useFoundRuns(typed: string, onClose: () => void): Found {
  const router = useRouter();
  const text = typed.trim();
  const rested = useDebounced(text, REST_MS);
  const { data, error, isFetching } = useQuery(lookUpOptions(rested));
  // A result for an earlier text doesn't match this one.
  const answer = rested === text && !error ? data : undefined;
  const mayNameCustomer = rested.length > 1 && rested.length <= LONGEST_SEARCH && !readId(rested);
  const customers = useQuery({ ...customersOptions(rested), enabled: mayNameCustomer });
  const orgIds = [...new Set(answer?.runs.map(({ org_id }) => org_id))];
  const names = useQueries({
    queries: orgIds.map(customerOptions),
    combine: (results) => new Map(results.map(({ data: known }, index) => [orgIds[index]!, known?.name])),
  });
  if (text === "") return { items: [], isLooking: false, problem: undefined };

  const go = (path: string) => () => {
    onClose();
    router.push(path);
  };
  const id = readId(text);
  const short = shorten(text);
  const { runs = [], message, ticket, alike = [] } = answer ?? {};
  const matching = rested === text && !customers.isPlaceholderData ? (customers.data?.customers ?? []) : [];
  const whole: PaletteItem = {
    key: "look-up",
    group: "Look up",
    label: id
      ? `Go to run ${id}`
      : ticket
        ? `Show the audit entries of ticket ${ticket}`
        : `Look up “${text.slice(0, SHOWN)}”`,
    icon: <Search aria-hidden className="size-4" />,
    choose: short === undefined ? () => {} : go(id ? paths.run(id) : paths.lookUp(short)),
  };
  const items = runs.map((run) => ({
    key: run.id,
    group: "Runs",
    label: run.id,
    detail: (
      <span className="flex min-w-0 items-center gap-2">
        <span className="truncate">
          {run.model}
          {names.get(run.org_id) && (
            <span className="max-sm:hidden">
              {" for "}
              <StoredText>{names.get(run.org_id)!}</StoredText>
            </span>
          )}
        </span>
        <span className="shrink-0">{STATUS_WORDS[run.status_code]}</span>
        <RelativeTime time={run.created_at} className="shrink-0 tabular-nums" />
      </span>
    ),
    icon: <StatusIcon status={run.status_code} className="size-4" />,
    shown: <ShortId id={run.id} isAlwaysShort />,
    choose: go(paths.run(run.id)),
  }));
  return {
    items: [
      whole,
      ...items,
      ...matching.slice(0, MOST_CUSTOMERS).map((org) => customer("Customers", org, go)),
      ...(matching.length === 0 ? alike.map((org) => customer("Did you mean", org, go)) : []),
    ],
    isLooking: isFetching || rested !== text,
    problem: rested === text && error ? explain(error) : message,
  };
}

const customer = (
  group: string,
  org: Pick<Customer, "name" | "slug">,
  go: (path: string) => () => void,
): PaletteItem => ({
  key: `customer ${org.slug}`,
  group,
  label: org.name,
  detail: "Runs",
  icon: <Building2 aria-hidden className="size-4" />,
  choose: go(paths.runs({ org: org.slug })),
});

const explain = (error: Error): string =>
  (error instanceof ApiError && (error.errors?.[0]?.msg ?? error.message)) ||
  "Search failed: the connection was lost.";

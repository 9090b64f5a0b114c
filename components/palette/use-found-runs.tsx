"use client";

import { useQuery } from "@tanstack/react-query";
import { Building2, Search } from "lucide-react";
import { useRouter } from "next/navigation";
import { ShortId } from "@/components/runs/short-id";
import { StatusIcon } from "@/components/runs/status-icon";
import { STATUS_WORDS } from "@/components/runs/status-words";
import { useDebounced } from "@/components/ui/use-debounced";
import { ApiError } from "@/lib/client/api-error";
import { lookUpOptions } from "@/lib/client/look-up";
import { paths } from "@/lib/client/paths";
import { readId, shorten } from "@/lib/contract/text/pasted";
import type { PaletteItem } from "./palette-item";

/** More of what was typed says nothing, and megabytes can be pasted. */
const SHOWN = 200;
const REST_MS = 180;

type Found = { items: PaletteItem[]; isLooking: boolean; problem: string | undefined };

/** What a text leads to as the look-up box understands it: first the list or the run itself, then the newest runs. */
export function useFoundRuns(typed: string, onClose: () => void): Found {
  const router = useRouter();
  const text = typed.trim();
  const rested = useDebounced(text, REST_MS);
  const { data, error, isFetching } = useQuery(lookUpOptions(rested));
  if (text === "") return { items: [], isLooking: false, problem: undefined };

  const go = (path: string) => () => {
    onClose();
    router.push(path);
  };
  const id = readId(text);
  const short = shorten(text);
  // What was found for an earlier text is no answer to this one.
  const { runs = [], message, ticket, alike = [] } = (rested === text && !error ? data : undefined) ?? {};
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
        <span className="truncate">{run.model}</span>
        <span className="shrink-0">{STATUS_WORDS[run.status_code]}</span>
      </span>
    ),
    icon: <StatusIcon status={run.status_code} className="size-4" />,
    shown: <ShortId id={run.id} isAlwaysShort />,
    choose: go(paths.run(run.id)),
  }));
  return {
    items: [whole, ...items, ...alike.map((org) => customer(org, go))],
    isLooking: isFetching || rested !== text,
    problem: rested === text && error ? explain(error) : message,
  };
}

const customer = (org: { name: string; slug: string }, go: (path: string) => () => void): PaletteItem => ({
  key: org.slug,
  group: "Did you mean",
  label: org.name,
  icon: <Building2 aria-hidden className="size-4" />,
  choose: go(paths.runs({ org: org.slug })),
});

const explain = (error: Error): string =>
  (error instanceof ApiError && (error.errors?.[0]?.msg ?? error.message)) ||
  "Runs can’t be looked up right now: the connection was lost.";

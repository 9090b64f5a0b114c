"use client";

import type { ReactNode } from "react";
import { Amount } from "@/components/ui/amount";
import { None } from "@/components/ui/key-values";
import { RelativeTime } from "@/components/ui/relative-time";
import { StoredText } from "@/components/ui/stored-text";
import { plainStored } from "@/lib/client/bidi";
import type { RunColumn } from "@/lib/client/run-columns";
import type { RunRow } from "@/lib/client/runs";
import type { Envelope } from "./envelope";
import { RunDuration } from "./run-duration";

export type Directory = { orgNames: Record<string, string>; envelopes: Record<string, Envelope> };

export type RunCell = {
  head: string;
  cell: string;
  /** Where nobody has chosen columns: makes do with the room that there is, or leaves the column out. */
  fit: string;
  /** In CSS pixels, the least that it takes where the columns were chosen. */
  width: number;
  /** Whether a card says the column's name: there is no head above it, and the value doesn't explain itself. */
  isNamed?: true;
  render: (run: RunRow, directory: Directory) => ReactNode;
};

const Moment = ({ time }: { time: string | null }) => (time ? <RelativeTime time={time} /> : <None />);

/** Where columns are tight, without whose model it is: what tells models apart stands behind it. */
const Model = ({ slug }: { slug: string }) => {
  const start = slug.indexOf("/") + 1;
  return (
    <span title={slug}>
      <span className="md:max-lg:hidden">{slug.slice(0, start)}</span>
      {slug.slice(start)}
    </span>
  );
};
const TIME = "text-ink-muted whitespace-nowrap";
const EXTRA = "max-md:order-8 max-md:col-span-3";

/** Every column but the first two, which always stand there: how its head and its cells look, and what is in them. */
export const RUN_CELLS: Record<RunColumn, RunCell> = {
  model: {
    head: "",
    cell: "truncate max-md:order-3 max-md:col-span-2",
    fit: "",
    width: 240,
    render: ({ model }) => <Model slug={model} />,
  },
  customer: {
    head: "w-40",
    cell: "text-ink-muted truncate max-md:order-6",
    fit: "md:w-[13%]! lg:w-[16%]!",
    width: 160,
    render: ({ org_id }, { orgNames: { [org_id]: name } }) =>
      name ? (
        <span title={plainStored(name)}>
          <StoredText>{name}</StoredText>
        </span>
      ) : (
        <None />
      ),
  },
  source: {
    head: "w-24",
    cell: "text-ink-muted max-md:order-8 max-md:col-span-3",
    fit: "max-xl:hidden",
    width: 96,
    isNamed: true,
    render: ({ source_code }) => source_code,
  },
  client_ref: {
    head: "w-36",
    cell: `text-ink-muted truncate ${EXTRA}`,
    fit: "",
    width: 144,
    isNamed: true,
    render: ({ client_ref }) =>
      client_ref === null ? (
        <None />
      ) : (
        <span title={plainStored(client_ref)}>
          <StoredText>{client_ref}</StoredText>
        </span>
      ),
  },
  request_id: {
    head: "w-44",
    cell: `text-ink-muted mono truncate ${EXTRA}`,
    fit: "",
    width: 176,
    isNamed: true,
    render: ({ request_id }) => <span title={request_id}>{request_id}</span>,
  },
  created: {
    head: "w-26",
    cell: `${TIME} max-md:order-2 max-md:text-right`,
    fit: "md:max-lg:w-22",
    width: 104,
    render: ({ created_at }) => <Moment time={created_at} />,
  },
  started: {
    head: "w-26",
    cell: `${TIME} ${EXTRA}`,
    fit: "",
    width: 104,
    isNamed: true,
    render: ({ started_at }) => <Moment time={started_at} />,
  },
  completed: {
    head: "w-26",
    cell: `${TIME} ${EXTRA}`,
    fit: "",
    width: 104,
    isNamed: true,
    render: ({ completed_at }) => <Moment time={completed_at} />,
  },
  duration: {
    head: "w-36 text-right",
    cell: "text-right max-md:order-4",
    fit: "md:max-lg:w-34 md:max-lg:pr-4",
    width: 144,
    render: (run, { envelopes }) => <RunDuration run={run} envelope={envelopes[run.model]} />,
  },
  cost: {
    head: "w-24 text-right",
    cell: "text-ink-muted text-right max-md:order-7",
    fit: "md:max-lg:hidden",
    width: 96,
    render: ({ cost }) => (cost === null ? <None /> : <Amount value={cost} />),
  },
};

"use client";

import type { ReactNode } from "react";
import { Amount } from "@/components/ui/amount";
import { None } from "@/components/ui/key-values";
import { RowTime } from "@/components/ui/row-time";
import { StoredText } from "@/components/ui/stored-text";
import type { Column } from "@/components/ui/table-column";
import { plainStored } from "@/lib/client/bidi";
import type { RunColumn } from "@/lib/client/run-columns";
import type { RunRow } from "@/lib/client/runs";
import type { LatencyFigures } from "./latency-profile";
import { RunDuration } from "./run-duration";

export type Directory = { orgNames: Record<string, string>; profiles: Record<string, LatencyFigures> };

export type RunCell = Omit<Column<RunRow>, "id" | "head" | "cell" | "title"> & {
  /** With the default columns: sizes the column for the screen, or hides it. */
  fit?: string;
  /** With chosen columns: the minimum width in CSS pixels. */
  pixels: number;
  /** Whether a card shows the column's name, because the value alone is unclear. */
  isNamed?: true;
  render: (run: RunRow, directory: Directory) => ReactNode;
  title?: (run: RunRow, directory: Directory) => string | undefined;
};

const readable = (text: string | null | undefined) => (text ? plainStored(text) : undefined);

const Moment = ({ time }: { time: string | null }) => (time ? <RowTime time={time} /> : <None />);

/** Narrow columns drop the model's owner: the rest distinguishes models. */
const Model = ({ slug }: { slug: string }) => {
  const start = slug.indexOf("/") + 1;
  return (
    <>
      <span className="md:max-[72rem]:hidden">{slug.slice(0, start)}</span>
      {slug.slice(start)}
    </>
  );
};

const QUIET = "text-ink-muted truncate";
const TIME = {
  width: "w-26 min-[90rem]:w-46",
  className: "text-ink-muted whitespace-nowrap",
  pixels: 184,
};
const EXTRA = { card: { order: 8, span: 3 }, isNamed: true } as const;
/** Cards have no line for a missing value. */
const IF_ANY = "max-md:has-[[data-none]]:hidden";

/** Every column except status and run, which are always shown. */
export const RUN_CELLS: Record<RunColumn, RunCell> = {
  model: {
    card: { order: 3, span: 2 },
    className: "truncate",
    pixels: 240,
    title: ({ model }) => model,
    render: ({ model }) => <Model slug={model} />,
  },
  customer: {
    width: "w-40",
    card: { order: 6 },
    className: QUIET,
    fit: "md:w-[14%]! lg:w-35!",
    pixels: 160,
    title: ({ org_id }, { orgNames }) => readable(orgNames[org_id]),
    render: ({ org_id }, { orgNames: { [org_id]: name } }) =>
      name ? <StoredText>{name}</StoredText> : <None />,
  },
  source: {
    ...EXTRA,
    width: "w-24",
    className: "text-ink-muted",
    pixels: 96,
    render: ({ source_code }) => source_code,
  },
  client_ref: {
    ...EXTRA,
    width: "w-32",
    className: `${QUIET} ${IF_ANY}`,
    fit: "md:max-lg:hidden",
    pixels: 128,
    title: ({ client_ref }) => readable(client_ref),
    render: ({ client_ref }) => (client_ref === null ? <None /> : <StoredText>{client_ref}</StoredText>),
  },
  request_id: {
    ...EXTRA,
    width: "w-44",
    className: `${QUIET} mono`,
    pixels: 176,
    title: ({ request_id }) => request_id,
    render: ({ request_id }) => request_id,
  },
  created: {
    ...TIME,
    card: { order: 2, isRight: true },
    render: ({ created_at }) => <Moment time={created_at} />,
  },
  started: {
    ...TIME,
    ...EXTRA,
    className: `${TIME.className} ${IF_ANY}`,
    render: ({ started_at }) => <Moment time={started_at} />,
  },
  completed: {
    ...TIME,
    ...EXTRA,
    className: `${TIME.className} ${IF_ANY}`,
    render: ({ completed_at }) => <Moment time={completed_at} />,
  },
  duration: {
    width: "w-36",
    isNumber: true,
    card: { order: 4 },
    fit: "md:max-lg:w-30 md:max-lg:pr-4 lg:max-2xl:w-33",
    pixels: 144,
    render: (run, { profiles }) => <RunDuration run={run} profile={profiles[run.model]} />,
  },
  cost: {
    width: "w-22",
    isNumber: true,
    card: { order: 7, isRight: true },
    className: `text-ink-muted ${IF_ANY}`,
    fit: "md:max-[86rem]:hidden",
    pixels: 88,
    render: ({ cost }) => (cost === null ? <None /> : <Amount value={cost} />),
  },
};

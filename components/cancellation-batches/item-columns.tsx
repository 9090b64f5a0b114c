import Link from "next/link";
import { ShortId } from "@/components/runs/short-id";
import { StatusBadge } from "@/components/runs/status-badge";
import { cx } from "@/components/ui/class-names";
import { None } from "@/components/ui/key-values";
import { RelativeTime } from "@/components/ui/relative-time";
import { RowLink } from "@/components/ui/row-link";
import { StoredText } from "@/components/ui/stored-text";
import type { Column } from "@/components/ui/table-column";
import { plainStored } from "@/lib/client/bidi";
import { paths } from "@/lib/client/paths";
import type { BatchItem, ItemOutcome } from "@/lib/contract/cancellation-batches";
import { isTerminal } from "@/lib/states/run";
import { OUTCOME_HINTS, OUTCOME_WORDS } from "./batch-words";

export type ItemRow = BatchItem & { id: string };

type Options = {
  /** Before the start, what would happen. */
  isPlan: boolean;
  mayReadAudit: boolean;
  /** The name of the person who started it. */
  starter: string | undefined;
};

export const itemColumns = ({ isPlan, mayReadAudit, starter }: Options): Column<ItemRow>[] => [
  {
    id: "outcome",
    head: isPlan ? "Plan" : "Outcome",
    width: isPlan ? "w-36" : "w-36 lg:w-60",
    card: { order: 1, span: 2 },
    title: ({ outcome }) => (outcome === null ? undefined : OUTCOME_HINTS[outcome]),
    cell: (item) => <Outcome item={item} isPlan={isPlan} starter={starter} />,
  },
  {
    id: "status",
    head: "Status now",
    width: "w-40",
    card: { order: 2, isRight: true },
    cell: ({ status_code }) => (status_code ? <StatusBadge status={status_code} /> : <None />),
  },
  {
    id: "run",
    head: "Run",
    width: "w-40 2xl:w-80",
    card: { order: 5 },
    cell: ({ run_id, org_id }) =>
      org_id ? (
        <RowLink href={paths.run(run_id)}>
          <ShortId id={run_id} />
        </RowLink>
      ) : (
        <ShortId id={run_id} />
      ),
  },
  {
    id: "model",
    head: "Model",
    card: { order: 3, span: 3 },
    className: "truncate",
    title: ({ model }) => model ?? undefined,
    cell: ({ model }) => model ?? <None />,
  },
  {
    id: "customer",
    head: "Customer",
    width: "w-[18%]",
    card: { order: 6, span: 2, isRight: true },
    className: "text-ink-muted truncate",
    cell: ({ customer }) => (customer ? <StoredText>{customer}</StoredText> : <None />),
  },
  {
    id: "created",
    head: "Created",
    width: "w-28",
    from: "lg",
    className: "text-ink-muted whitespace-nowrap",
    cell: ({ run_created_at: time }) => (time ? <RelativeTime time={time} /> : <None />),
  },
  ...(isPlan ? [] : [settledColumn(mayReadAudit)]),
];

const settledColumn = (mayReadAudit: boolean): Column<ItemRow> => ({
  id: "settled",
  head: "Audit",
  width: "w-24",
  from: "lg",
  className: "text-ink-muted whitespace-nowrap",
  cell: ({ entry_id }) =>
    entry_id && mayReadAudit ? (
      <Link
        href={paths.auditEntry(entry_id)}
        prefetch={false}
        className="text-accent relative z-10 hover:underline"
      >
        Entry
      </Link>
    ) : (
      <None />
    ),
});

type OutcomeProps = { item: ItemRow } & Pick<Options, "isPlan" | "starter">;

function Outcome({ item, isPlan, starter }: OutcomeProps) {
  const { outcome, is_excluded, status_code } = item;
  if (is_excluded) return <span className="text-ink-muted">Left out</span>;
  if (outcome !== null) {
    const why = explainOutcome(outcome, starter);
    return (
      <>
        <span
          className={cx(
            outcome === 200 ? "text-ink-muted" : "font-medium",
            outcome === 503 && "text-danger",
            (outcome === 404 || outcome === 409) && "text-warn",
          )}
        >
          {OUTCOME_WORDS[outcome]}
        </span>
        {why && <span className="text-ink-muted">: {why}</span>}
      </>
    );
  }
  if (!isPlan) return <span className="text-ink-muted">Waiting</span>;
  if (status_code === null) return <span className="text-warn">Not found</span>;
  return isTerminal(status_code) ? <span className="text-ink-muted">Already ended</span> : <>To cancel</>;
}

/** Why the run was not canceled, in a few words; the title has the sentence. */
function explainOutcome(outcome: ItemOutcome, starter: string | undefined): string | undefined {
  if (outcome === 409) return `${starter === undefined ? "the starter" : plainStored(starter)}’s own run`;
  if (outcome === 404) return "gone or no access";
  return outcome === 503 ? "the run was busy" : undefined;
}

import { CircleAlert, CircleCheck, Info, TriangleAlert } from "lucide-react";
import Link from "next/link";
import { cx } from "@/components/ui/class-names";
import { SpokenStatus } from "@/components/ui/spoken-status";
import { StoredText } from "@/components/ui/stored-text";
import type { ServiceProblem } from "@/lib/contract/service-state";
import { Elapsed } from "./elapsed";

const LOOK = {
  critical: { Icon: CircleAlert, word: "Critical", tone: "text-danger", box: "bg-danger-tint" },
  warning: { Icon: TriangleAlert, word: "Warning", tone: "text-warn", box: "bg-warn-tint" },
  notice: { Icon: Info, word: "Notice", tone: "text-ink-muted", box: "bg-surface" },
};

/** Where each kind of problem is best looked at. */
const LINKS: Record<ServiceProblem["kind"], string> = {
  no_worker: "See processes",
  seal_lag: "See the audit trail’s state",
  jobs_failed: "See failed jobs",
  jobs_late: "See queues",
  jobs_locked: "See running jobs",
  forward_lag: "See forwarding",
  checkpoint_lag: "See failed jobs",
  checkpoint_copies: "See checkpoints",
  process_lost: "See processes",
  migrations_pending: "See migrations",
  versions_differ: "See processes",
  endpoints_paused: "See waiting deliveries",
  runs_stuck: "See stuck runs",
};

/** The problems in words, the worst first; or that all is well. */
export function ProblemList({ problems }: { problems: ServiceProblem[] }) {
  return (
    <section aria-labelledby="problems">
      <h2 id="problems" className="sr-only">
        Problems
      </h2>
      {/* Only the titles: the durations change every second. */}
      <SpokenStatus text={problems.map(({ title }) => title).join(" ")} />
      {problems.length === 0 ? (
        <p className="bg-surface flex items-center gap-2 rounded-lg border px-4 py-3">
          <CircleCheck aria-hidden className="text-success size-4 shrink-0" />
          Nothing is wrong. Queues, audit trail and processes are up to date.
        </p>
      ) : (
        <ul className="divide-line-strong divide-y overflow-clip rounded-lg border">
          {problems.map((problem) => (
            <Problem key={problem.kind} problem={problem} />
          ))}
        </ul>
      )}
    </section>
  );
}

function Problem({ problem: { kind, severity, title, since, advice, href } }: { problem: ServiceProblem }) {
  const { Icon, word, tone, box } = LOOK[severity];
  return (
    <li className={cx("flex gap-2.5 px-4 py-3", box)}>
      <Icon aria-hidden className={cx("mt-0.5 size-4 shrink-0", tone)} />
      <div className="min-w-0 flex-1">
        <p className="wrap-anywhere">
          <span className={cx("font-semibold", tone)}>{word}:</span>{" "}
          <span className="font-medium">
            <StoredText>{title}</StoredText>
          </span>
          {since && (
            <>
              {" "}
              <span className="text-ink-muted whitespace-nowrap">
                For <Elapsed since={since} />.
              </span>
            </>
          )}
        </p>
        <p className="text-ink-muted wrap-anywhere">
          <StoredText>{advice}</StoredText>{" "}
          <Link href={href} prefetch={false} className="text-accent whitespace-nowrap underline">
            {LINKS[kind]}
          </Link>
        </p>
      </div>
    </li>
  );
}

import Link from "next/link";
import { cx } from "@/components/ui/class-names";
import { Notice, type NoticeTone } from "@/components/ui/notice";
import { StoredText } from "@/components/ui/stored-text";
import { paths } from "@/lib/client/paths";

/** The result of a verification. */
export type Outcome = {
  tone: NoticeTone;
  verdict: string;
  /** Problems besides the entries below. */
  problems?: string[];
  details: string[];
  /** Entries that failed the check. */
  faulty?: { id: string; name: string }[];
};

const MOST_NAMED = 5;

/** Also announced to screen readers. */
export function VerifyOutcome({ outcome, className }: { outcome: Outcome | undefined; className?: string }) {
  return (
    <div role="status" className="w-full empty:absolute">
      {outcome && (
        <Notice tone={outcome.tone} className={cx("text-left", className)}>
          <p className="font-medium wrap-anywhere">{outcome.verdict}</p>
          {outcome.problems?.map((problem) => (
            <p key={problem} className="wrap-anywhere">
              {problem}
            </p>
          ))}
          {outcome.faulty && outcome.faulty.length > 0 && <Faulty entries={outcome.faulty} />}
          {outcome.details.length > 0 && <Details lines={outcome.details} />}
        </Notice>
      )}
    </div>
  );
}

function Details({ lines }: { lines: string[] }) {
  return (
    <details>
      <summary className="text-ink-muted hover:text-ink w-fit cursor-pointer py-0.5 text-sm">
        Checks performed
      </summary>
      <ul className="list-disc pl-5 text-sm">
        {lines.map((line) => (
          <li key={line} className="wrap-anywhere">
            {line}
          </li>
        ))}
      </ul>
    </details>
  );
}

function Faulty({ entries }: { entries: { id: string; name: string }[] }) {
  return (
    <ul className="list-disc pl-5">
      {entries.slice(0, MOST_NAMED).map(({ id, name }) => (
        <li key={`${id} ${name}`}>
          <Link href={paths.auditEntry(id)} prefetch={false} className="underline">
            <StoredText>{name}</StoredText>
          </Link>
        </li>
      ))}
      {entries.length > MOST_NAMED && <li>and {entries.length - MOST_NAMED} more</li>}
    </ul>
  );
}

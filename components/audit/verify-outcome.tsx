import Link from "next/link";
import { Notice, type NoticeTone } from "@/components/ui/notice";
import { StoredText } from "@/components/ui/stored-text";
import { paths } from "@/lib/client/paths";

/** What verifying came to: sentences, and the entries with which something is wrong. */
export type Outcome = { tone: NoticeTone; sentences: string[]; faulty?: { id: string; name: string }[] };

const MOST_NAMED = 5;

/** Says it aloud as well, when it comes. */
export function VerifyOutcome({ outcome, className }: { outcome: Outcome | undefined; className?: string }) {
  return (
    <div role="status" className="w-full empty:absolute">
      {outcome && (
        <Notice tone={outcome.tone} className={className}>
          {outcome.sentences.map((sentence) => (
            <p key={sentence} className="wrap-anywhere">
              {sentence}
            </p>
          ))}
          {outcome.faulty && outcome.faulty.length > 0 && <Faulty entries={outcome.faulty} />}
        </Notice>
      )}
    </div>
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

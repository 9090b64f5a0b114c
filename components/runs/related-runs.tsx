import Link from "next/link";
import { ASIDE_LINK } from "@/components/ui/link-style";
import { Panel } from "@/components/ui/panel";
import { RelativeTime } from "@/components/ui/relative-time";
import { paths } from "@/lib/client/paths";
import type { Relation, RelatedRuns as Group } from "@/lib/contract/relation";
import { ShortId } from "./short-id";
import { StatusBadge } from "./status-badge";

const WORDS: Record<Relation, string> = {
  batch_id: "Same batch",
  client_ref: "Same client ref",
  api_key_id: "Same key",
};

/** What else the customer sent with it: where a duplicate and its original meet. */
export function RelatedRuns({ groups }: { groups: Group[] }) {
  return (
    <Panel id="related" title="Related runs">
      {groups.length === 0 && (
        <p className="text-ink-muted px-4 py-3">No other run shares its batch, its client ref or its key.</p>
      )}
      <div className="divide-y">
        {groups.map(({ because, value, expression, runs, hasMore }) => (
          <section key={because} aria-labelledby={`related-${because}`} className="px-4 py-2.5">
            <div className="flex items-baseline justify-between gap-3">
              <h3 id={`related-${because}`} className="font-medium">
                {WORDS[because]}
              </h3>
              <Link href={paths.runs({ q: expression })} prefetch={false} className={ASIDE_LINK}>
                {hasMore ? "All of them" : "In a list"}
                <span className="sr-only">: {WORDS[because].toLowerCase()}</span>
              </Link>
            </div>
            <p className="mono text-ink-muted truncate text-sm" title={value}>
              {value}
            </p>
            <ul className="mt-1.5 grid gap-1.5">
              {runs.map(({ id, status_code, created_at }) => (
                <li key={id} className="grid grid-cols-[auto_minmax(0,1fr)_auto] items-center gap-4">
                  <Link href={paths.run(id)} prefetch={false} className="text-accent py-0.5 hover:underline">
                    <ShortId id={id} isAlwaysShort />
                  </Link>
                  <StatusBadge status={status_code} />
                  <RelativeTime time={created_at} className="text-ink-muted text-sm whitespace-nowrap" />
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </Panel>
  );
}

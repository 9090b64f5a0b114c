import Link from "next/link";
import { ASIDE_LINK } from "@/components/ui/link-style";
import { EmptyPanel, Panel } from "@/components/ui/panel";
import { RelativeTime } from "@/components/ui/relative-time";
import { StoredText } from "@/components/ui/stored-text";
import { paths } from "@/lib/client/paths";
import type { Relation, RelatedRuns as Group } from "@/lib/contract/relation";
import { ShortId } from "./short-id";
import { StatusBadge } from "./status-badge";

const WORDS: Record<Relation, string> = {
  batch_id: "Same batch",
  api_key_id: "Same key",
};

/** Other runs of the same batch and key. Runs with the same client ref are listed as duplicates instead. */
export function RelatedRuns({ groups, keyName }: { groups: Group[]; keyName: string | undefined }) {
  if (groups.length === 0) {
    return (
      <EmptyPanel id="related" title="Related runs">
        No other run shares its batch or key.
      </EmptyPanel>
    );
  }
  return (
    <Panel id="related" title="Related runs">
      <div className="divide-y">
        {groups.map(({ because, value, expression, runs, hasMore }) => (
          <section key={because} aria-labelledby={`related-${because}`} className="px-4 py-2.5">
            <div className="flex items-baseline justify-between gap-3">
              <h3 id={`related-${because}`} className="font-medium">
                {WORDS[because]}
              </h3>
              <Link href={paths.runs({ q: expression })} prefetch={false} className={ASIDE_LINK}>
                {hasMore ? "View all" : "View as list"}
                <span className="sr-only">: {WORDS[because].toLowerCase()}</span>
              </Link>
            </div>
            {because === "api_key_id" && keyName ? (
              <p className="text-ink-muted truncate text-sm">
                <StoredText>{keyName}</StoredText>
              </p>
            ) : (
              <p className="mono text-ink-muted truncate text-sm" title={value}>
                {value}
              </p>
            )}
            <ul className="mt-1.5 grid gap-1.5">
              {runs.map(({ id, status_code, created_at }) => (
                <li key={id} className="grid grid-cols-[auto_minmax(0,1fr)_auto] items-center gap-4">
                  <Link
                    href={paths.run(id)}
                    prefetch={false}
                    className="text-accent inline-block py-1 hover:underline"
                  >
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

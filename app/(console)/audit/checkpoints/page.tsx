import type { Metadata } from "next";
import Link from "next/link";
import { CheckpointTable } from "@/components/checkpoints/checkpoint-table";
import { ForwardingPanel } from "@/components/checkpoints/forwarding-panel";
import { KeysPanel } from "@/components/checkpoints/keys-panel";
import { MakeCheckpoint } from "@/components/checkpoints/make-checkpoint";
import { NewestCheckpoint } from "@/components/checkpoints/newest-checkpoint";
import { ListLoading } from "@/components/shell/loading";
import { ListEmpty } from "@/components/ui/list-empty";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { findCheckpoints } from "@/lib/audit/checkpoints/find-checkpoints";
import { listAuditKeys } from "@/lib/audit/checkpoints/list-audit-keys";
import { listForwarding } from "@/lib/audit/stream/list-forwarding";
import { explainMissing } from "@/lib/client/explain-missing";
import { paths } from "@/lib/client/paths";
import { readParam } from "@/lib/client/run-filters";
import { db } from "@/lib/platform/db/client";
import { withListPool } from "@/lib/platform/paging/with-list-pool";
import { consolePage } from "../../console-page";
import { loadPage } from "../../load-page";

export const metadata: Metadata = { title: "Checkpoints" };

const SHOWN = 25;

const PAGE = {
  permission: "audit.read",
  path: paths.checkpoints,
  loading: <ListLoading title="Checkpoints" />,
} as const;

export default consolePage(PAGE, async ({ caller, search }) => {
  const pq = readParam(search, "pq") || undefined;
  const find = (query: { limit: number; pq?: string | undefined }) =>
    withListPool(caller, (lists) => findCheckpoints(lists, query));
  const [page, newest, keys, endpoints] = await Promise.all([
    loadPage(() => find({ limit: SHOWN, pq })),
    find({ limit: 1 }),
    listAuditKeys(db()),
    listForwarding(db()),
  ]);
  const disabledReason = caller.permissions.has("audit.checkpoint")
    ? null
    : explainMissing("creating checkpoints", "audit.checkpoint");
  const link = (cursor: string | null) => cursor && paths.checkpoints({ pq: cursor });
  return (
    <>
      <PageHeader title="Checkpoints">
        <MakeCheckpoint newest={newest.items[0]?.number ?? null} disabledReason={disabledReason} />
      </PageHeader>
      <p className="text-ink-muted max-w-3xl px-4 pb-3 lg:px-6">
        A checkpoint signs every entry of the{" "}
        <Link href={paths.audit()} prefetch={false} className="text-accent underline">
          audit trail
        </Link>{" "}
        so far. Compared with a copy stored elsewhere, it reveals any later change to those entries.
      </p>
      {(newest.items[0] || keys.length > 0 || endpoints.length > 0) && (
        <div className="grid gap-4 border-t p-4 lg:p-6 xl:grid-cols-2">
          {newest.items[0] && <NewestCheckpoint checkpoint={newest.items[0]} />}
          <div className="grid min-w-0 gap-4">
            {endpoints.length > 0 && <ForwardingPanel endpoints={endpoints} />}
            {keys.length > 0 && <KeysPanel keys={keys} />}
          </div>
        </div>
      )}
      {page && page.items.length > 0 ? (
        <details open={pq !== undefined} className="bg-surface border-y">
          <summary className="hover:bg-hover cursor-pointer px-4 py-2.5 font-medium lg:px-6">
            All checkpoints
          </summary>
          <div className="border-t">
            <CheckpointTable checkpoints={page.items} />
          </div>
          <div className="px-4 py-3 lg:px-6">
            <Pagination
              label="Pages of checkpoints"
              summary={`${page.items.length} ${page.items.length === 1 ? "checkpoint" : "checkpoints"} on this page`}
              first={pq ? paths.checkpoints() : null}
              previous={link(page.previous)}
              next={link(page.next)}
            />
          </div>
        </details>
      ) : (
        <ListEmpty
          problem={page ? undefined : "cursor"}
          hasFilters={false}
          one="checkpoint"
          all={{ href: paths.checkpoints(), text: "Show all checkpoints" }}
          unmatched={null}
          title="No checkpoints yet"
        >
          A checkpoint is created every minute while new entries arrive.
        </ListEmpty>
      )}
    </>
  );
});

import type { Metadata } from "next";
import Link from "next/link";
import { KeyFilterBar } from "@/components/keys/key-filter-bar";
import { KeyTable } from "@/components/keys/key-table";
import { KeysEmpty } from "@/components/keys/keys-empty";
import { OwnNotices } from "@/components/keys/own-notices";
import { NewKey } from "@/components/keys/new-key";
import { ListLoading } from "@/components/shell/loading";
import { ASIDE_LINK } from "@/components/ui/link-style";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { hasKeyFilters, readKeyFilters } from "@/lib/client/key-filters";
import { paths } from "@/lib/client/paths";
import { readParam } from "@/lib/client/run-filters";
import { consolePage } from "../console-page";
import { creatorOf } from "./creator-of";
import { loadKeyList } from "./load-key-list";

export const metadata: Metadata = { title: "Keys" };

const PAGE = {
  permission: "keys.read",
  path: paths.keys,
  loading: (
    <ListLoading
      title="Keys"
      filters={{ chips: ["w-16", "w-16", "w-24", "w-20"], boxes: ["flex-1 md:max-w-96"] }}
    />
  ),
} as const;

export default consolePage(PAGE, async ({ caller, search }) => {
  const filters = readKeyFilters(search);
  const pq = readParam(search, "pq") || undefined;
  const { page, problem, customer, orgNames, owners, own } = await loadKeyList(caller, filters, pq);
  const link = (cursor: string | null) => cursor && paths.keys({ ...filters, pq: cursor });
  return (
    <>
      <PageHeader title="Keys">
        <div className="flex flex-wrap items-start gap-x-4 gap-y-1.5">
          <Link href={paths.reference()} prefetch={false} className={ASIDE_LINK}>
            API reference
          </Link>
          <NewKey
            mayManage={caller.permissions.has("keys.manage")}
            creator={creatorOf(caller)}
            customer={customer}
          />
        </div>
      </PageHeader>
      <OwnNotices keys={own} />
      <div className="px-4 pb-3 lg:px-6">
        <KeyFilterBar filters={filters} known={customer ? [customer] : []} owners={owners} />
      </div>
      <div className="bg-surface flex-1 border-t">
        {page && page.items.length > 0 ? (
          <>
            <KeyTable keys={page.items} orgNames={orgNames} />
            <div className="px-4 py-3 lg:px-6">
              <Pagination
                label="Pages of keys"
                summary={`${page.items.length} ${page.items.length === 1 ? "key" : "keys"} on this page`}
                first={pq ? paths.keys(filters) : null}
                previous={link(page.previous)}
                next={link(page.next)}
              />
            </div>
          </>
        ) : (
          <KeysEmpty problem={problem} hasFilters={hasKeyFilters(filters)} />
        )}
      </div>
    </>
  );
});

import type { ReactNode } from "react";
import { LoadingBoundary } from "@/components/shell/loading-boundary";
import { Refused } from "@/components/shell/refused";
import { readParam, type SearchParams } from "@/lib/client/run-filters";
import { requireCaller } from "@/lib/platform/http/session";
import type { Caller } from "@/lib/states/caller";
import type { Permission } from "@/lib/states/permissions";

type Visit = { caller: Caller; search: SearchParams };
type Props = { searchParams: Promise<SearchParams> };
type EntityProps = Props & { params: Promise<{ id: string }> };
type Rendered = ReactNode | Promise<ReactNode>;
type Page<Path> = {
  /** Null for a page that everyone may see. */
  permission: Permission | null;
  /** The page's own address, where a sign-in returns to. */
  path: Path;
  /** Placeholders while it loads; without them, the former page stays until it has. */
  loading?: ReactNode;
  /** Where a person without the permission may go. */
  instead?: ReactNode;
};

/**
 * Auth guard of every page below app/(console): renders only for a signed-in, verified and permitted person.
 * The lint rule console/page-gate refuses a page without it.
 */
export function consolePage(
  { permission, path, loading, instead }: Page<(query: Record<string, string>) => string>,
  render: (visit: Visit) => Rendered,
) {
  async function Content({ searchParams }: Props): Promise<ReactNode> {
    const search = await searchParams;
    const query = Object.fromEntries(Object.keys(search).map((name) => [name, readParam(search, name)]));
    return renderFor(permission, path(query), (caller) => render({ caller, search }), instead);
  }
  return (props: Props) => show(<Content {...props} />, loading);
}

/** The same for an entity's page, whose URL ends in its ID. */
export function entityPage(
  { permission, path, loading }: Page<(id: string) => string>,
  render: (visit: Visit & { id: string }) => Rendered,
) {
  async function Content({ params, searchParams }: EntityProps): Promise<ReactNode> {
    const [{ id }, search] = await Promise.all([params, searchParams]);
    return renderFor(permission, path(id), (caller) => render({ caller, id, search }));
  }
  return (props: EntityProps) => show(<Content {...props} />, loading);
}

const show = (content: ReactNode, loading: ReactNode): ReactNode => (
  <LoadingBoundary fallback={loading}>{content}</LoadingBoundary>
);

async function renderFor(
  permission: Permission | null,
  path: string,
  render: (caller: Caller) => Rendered,
  instead?: ReactNode,
): Promise<ReactNode> {
  const caller = await requireCaller(path);
  if (!caller.person.isVerified) return <Refused because="unverified" />;
  if (permission && !caller.permissions.has(permission)) {
    return <Refused because="permission" permission={permission} actions={instead} />;
  }
  return render(caller);
}

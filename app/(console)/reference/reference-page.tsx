import type { ReactNode } from "react";
import { ReferenceFrame } from "@/components/reference/reference-frame";
import { Refused } from "@/components/shell/refused";
import { readParam, type SearchParams } from "@/lib/client/run-filters";
import { env } from "@/lib/platform/env/env";
import { findSignedIn, requireCaller } from "@/lib/platform/http/session";

type Visit = { id: string; search: SearchParams };
type Props = { params: Promise<{ id?: string }>; searchParams: Promise<SearchParams> };

/**
 * Auth guard of the API reference: for everyone who is signed in, or with PUBLIC_REFERENCE for everyone.
 * @param path the page's own address, where a sign-in returns to
 */
export function referencePage(
  path: (visit: { id: string; q: string | undefined }) => string,
  render: (visit: Visit) => ReactNode,
) {
  return async function ReferencePage({ params, searchParams }: Props): Promise<ReactNode> {
    const [{ id = "" }, search] = await Promise.all([params, searchParams]);
    const here = path({ id, q: readParam(search, "q") || undefined });
    const isPublic = env().PUBLIC_REFERENCE;
    const visitor = await findSignedIn();
    // The same condition as in the console's layout, which then adds no frame.
    if (isPublic && (!visitor || visitor.lacksFactor))
      return <ReferenceFrame path={here}>{render({ id, search })}</ReferenceFrame>;
    const caller = await requireCaller(here);
    if (!isPublic && !caller.person.isVerified) return <Refused because="unverified" />;
    return render({ id, search });
  };
}

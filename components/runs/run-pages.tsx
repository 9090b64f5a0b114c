import { Pagination } from "@/components/ui/pagination";
import { paths } from "@/lib/client/paths";
import { type RunFilters, writeRunFilters } from "@/lib/client/run-filters";

/** The page's position in its list. */
export type Place = { at: string; isFirst: boolean; previous: string | null; next: string | null };

type Props = { count: number; place: Place; filters: RunFilters };

export function RunPages({ count, place: { at, isFirst, previous, next }, filters }: Props) {
  const address = writeRunFilters(filters);
  const link = (pq: string | null) => pq && paths.runs({ ...address, at, pq });
  const runs = count === 1 ? "run" : "runs";
  return (
    <div className="px-4 py-3 lg:px-6">
      <Pagination
        label="Pages of runs"
        summary={(previous ?? next) ? `${count} ${runs} on this page` : `${count} ${runs} in total`}
        first={isFirst ? null : paths.runs(address)}
        previous={link(previous)}
        next={link(next)}
      />
    </div>
  );
}

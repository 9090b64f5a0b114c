import { Prisma } from "@/generated/prisma/client";
import type { SortKey } from "./keyset";

/** By `occurred_at`, then id, newest first. These tables are partitioned by month. */
export const NEWEST_FIRST: readonly SortKey[] = [
  {
    column: Prisma.sql`r.occurred_at`,
    type: Prisma.sql`timestamptz`,
    isDescending: true,
    isPartitioning: true,
  },
  { column: Prisma.sql`r.id`, type: Prisma.sql`uuid`, isDescending: true },
];

/** By id, newest first, for ids that contain their time. */
export const NEWEST_ID_FIRST: readonly SortKey[] = NEWEST_FIRST.slice(1);
export const PLACE_BY_ID = Prisma.sql`ARRAY[r.id::text] AS place`;

/** The extra column that `findPage` needs. */
export const PLACE_IN_TIME = Prisma.sql`ARRAY[r.occurred_at::text, r.id::text] AS place`;

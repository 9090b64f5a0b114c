import { Prisma } from "@/generated/prisma/client";
import type { JobListQuery, JobPage } from "@/lib/contract/jobs";
import type { Db } from "@/lib/platform/db/client";
import { findPage, type Placed } from "@/lib/platform/paging/find-page";
import type { Slice } from "@/lib/platform/paging/keyset";
import { selectSlice } from "@/lib/platform/paging/select-slice";
import { type JobRow, toJob } from "./job-record";

const NEWEST_FIRST = [{ column: Prisma.sql`r.id`, type: Prisma.sql`bigint`, isDescending: true }];

/**
 * Finds a page of failed or locked jobs, newest first.
 * @throws Refusal VALIDATION_ERROR at `pq` or `from_prev`
 */
export async function findJobs(db: Db, { state, ...request }: JobListQuery): Promise<JobPage> {
  const selection = {
    table: Prisma.sql`queue_jobs(${state}, NULL)`,
    columns: Prisma.sql`r.*, ARRAY[r.id::text] AS place`,
    where: Prisma.sql`TRUE`,
    // Jobs belong to the service, not to a customer.
    reach: { all: true } as const,
    hasOrgIndex: false,
  };
  const listing = {
    scope: JSON.stringify(["jobs", state]),
    order: NEWEST_FIRST,
    fetch: (slice: Slice, limit: number) =>
      db.$queryRaw<(JobRow & Placed)[]>(selectSlice({ ...selection, slice, limit })),
  };
  const page = await findPage(listing, request);
  return { ...page, items: page.items.map(toJob) };
}

import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { Organization } from "@/lib/contract/organizations";
import { callApi } from "./call-api";

/** The fields of a customer that a picker needs. */
export type Customer = Pick<Organization, "id" | "slug" | "name">;

/** To find others, people type more of the name. */
const MOST_SHOWN = 20;

/** The API's limit, in code points. */
export const LONGEST_SEARCH = 200;

/** The first matching customers within reach. */
export const customersOptions = (q: string) =>
  queryOptions({
    queryKey: ["customers", q],
    queryFn: async ({ signal }) => {
      const { OrganizationPage } = await import("@/lib/contract/organizations");
      const query = new URLSearchParams({ ...(q && { q }), limit: String(MOST_SHOWN) });
      const { data } = await callApi(OrganizationPage, `/v1/admin/organizations?${query}`, { signal });
      return { customers: data.items as Customer[], hasMore: data.next !== null };
    },
    placeholderData: keepPreviousData,
    staleTime: 30_000,
    retry: false,
  });

/** One customer by id; names seldom change. */
export const customerOptions = (id: string) =>
  queryOptions({
    queryKey: ["customer", id],
    queryFn: async ({ signal }): Promise<Customer> => {
      const { Organization } = await import("@/lib/contract/organizations");
      return (await callApi(Organization, `/v1/admin/organizations/${id}`, { signal })).data;
    },
    staleTime: 10 * 60_000,
    retry: false,
  });

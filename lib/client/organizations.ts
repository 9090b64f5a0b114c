import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { Organization } from "@/lib/contract/organizations";
import { callApi } from "./call-api";

/** What a picker needs to know of a customer. */
export type Customer = Pick<Organization, "id" | "slug" | "name">;

/** More are found by typing more of the name. */
const MOST_SHOWN = 20;

/** Code points that the API accepts. */
export const LONGEST_SEARCH = 200;

/** The first customers in reach that match. */
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

/** One customer, by id: its name changes seldom. */
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

/**
 * What a look-up came to as the list's own filters: customers stand in their chip by name, anything else in the box.
 * @param q the expression that was found
 * @param orgs the customers in reach
 * @returns parameters of the list's address
 */
export function toListFilters(
  q: string,
  orgs: readonly { id: string; slug: string }[],
): { org: string } | { q: string } {
  const found = q.split(" OR ").map((part) => orgs.find(({ id }) => part === `org_id:${id}`)?.slug);
  return found.every((slug) => slug !== undefined) ? { org: found.join(",") } : { q };
}

/**
 * Turns a look-up's result into the list's filters: customers by name in their chip, the rest in the search
 * box.
 * @param q the expression found
 * @param orgs the customers within reach
 * @returns query parameters for the list's URL
 */
export function toListFilters(
  q: string,
  orgs: readonly { id: string; slug: string }[],
): { org: string } | { q: string } {
  const found = q.split(" OR ").map((part) => orgs.find(({ id }) => part === `org_id:${id}`)?.slug);
  return found.every((slug) => slug !== undefined) ? { org: found.join(",") } : { q };
}

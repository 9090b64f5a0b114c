import { useRouter } from "next/navigation";
import { useOptimistic, useTransition } from "react";

/**
 * URL filters: a choice shows at once, and the list follows.
 * @param given the filters in the URL
 * @param pathOf the URL with other filters
 */
export function useFilters<F extends object>(given: F, pathOf: (filters: F) => string) {
  const router = useRouter();
  const [isPending, startTransition] = useTransition();
  const [filters, setFilters] = useOptimistic(given);
  const set = (change: Partial<F>) =>
    startTransition(() => {
      const next = { ...filters, ...change };
      setFilters(next);
      router.replace(pathOf(next), { scroll: false });
    });
  return { filters, set, isPending };
}

import { useRouter } from "next/navigation";
import { useOptimistic, useTransition } from "react";

/**
 * Filters in the address: a choice shows at once, and the list follows.
 * @param given as the address has them
 * @param pathOf the address with other ones
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

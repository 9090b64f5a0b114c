import type { QueryClient } from "@tanstack/react-query";
import { guardRepeats } from "@/components/ui/key-guard";
import { keepTextNodes } from "@/components/ui/keep-text-nodes";
import { followLeftWork } from "@/lib/client/left-work";

/** What watches over every page. It comes late: no page waits for it. @returns how to stop */
export function startGuards(queryClient: QueryClient): () => void {
  const stops = [guardRepeats(document), keepTextNodes(document.body), followLeftWork(queryClient)];
  return () => stops.forEach((stop) => stop());
}

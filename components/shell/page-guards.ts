import type { QueryClient } from "@tanstack/react-query";
import { guardRepeats } from "@/components/ui/key-guard";
import { keepTextNodes } from "@/components/ui/keep-text-nodes";
import { followLeftWork } from "@/lib/client/left-work";
import { leaveFormerSession } from "./leave-former-session";
import { watchScripts } from "./watch-scripts";

/**
 * Page-wide event guards, loaded late so that no page waits for them.
 * @returns a function that removes them
 */
export function startGuards(queryClient: QueryClient): () => void {
  const stops = [
    guardRepeats(document),
    keepTextNodes(document.body),
    followLeftWork(queryClient),
    leaveFormerSession(),
    watchScripts(),
  ];
  return () => stops.forEach((stop) => stop());
}

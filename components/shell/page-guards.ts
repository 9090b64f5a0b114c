import { guardRepeats } from "@/components/ui/key-guard";
import { keepTextNodes } from "@/components/ui/keep-text-nodes";

/** What watches over every page. It comes late: no page waits for it. @returns how to stop */
export function startGuards(): () => void {
  const stops = [guardRepeats(document), keepTextNodes(document.body)];
  return () => stops.forEach((stop) => stop());
}

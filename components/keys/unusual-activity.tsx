import { Notice } from "@/components/ui/notice";
import type { KeyActivity } from "@/lib/contract/keys";
import { describeUnusual } from "./describe-unusual";

/** Says that a key creates far more runs than usual, and whether they come from one address. */
export function UnusualActivity({ activity }: { activity: KeyActivity }) {
  const text = describeUnusual(activity);
  return text ? <Notice tone="warn">{text}</Notice> : null;
}

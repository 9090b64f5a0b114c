"use client";

import { ChevronDown, ChevronUp } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { type ReactNode, useEffect, useSyncExternalStore } from "react";
import { buttonStyle } from "@/components/ui/button-style";
import { noteLastSeen } from "@/components/ui/use-return";
import { useShortcut } from "@/components/ui/use-shortcut";
import { paths } from "@/lib/client/paths";
import { findNeighbors, readList } from "@/lib/client/run-list";

const never = () => () => {};

/** Links to the next and previous run of the list that the person came from, also by `j` and `k`. */
export function RunNeighbors({ id }: { id: string }) {
  const router = useRouter();
  const found = findNeighbors(
    useSyncExternalStore(never, readList, () => null),
    id,
  );
  const go = (to: string | undefined) => {
    if (to) router.replace(paths.run(to));
  };
  // Replaces the history entry: Back returns to the list, at the last viewed run.
  useEffect(() => noteLastSeen(paths.run(id)), [id]);
  useShortcut("j", () => go(found?.next));
  useShortcut("k", () => go(found?.previous));
  if (!found) return null;
  return (
    <nav aria-label="Previous and next run" className="text-ink-muted flex items-center gap-1 text-sm">
      <Link href={found.href} className="hover:underline">
        {found.place} of {found.count} in the list
      </Link>
      <Step to={found.previous} label="Previous run" shortcut="k">
        <ChevronUp aria-hidden className="size-4" />
      </Step>
      <Step to={found.next} label="Next run" shortcut="j">
        <ChevronDown aria-hidden className="size-4" />
      </Step>
    </nav>
  );
}

type StepProps = { to: string | undefined; label: string; shortcut: string; children: ReactNode };

function Step({ to, label, shortcut, children }: StepProps) {
  const style = buttonStyle("ghost", "sm", "size-7 px-0");
  if (!to) {
    return (
      <span role="link" aria-disabled aria-label={label} className={style}>
        {children}
      </span>
    );
  }
  return (
    <Link
      replace
      href={paths.run(to)}
      aria-label={label}
      title={`${label} (${shortcut})`}
      aria-keyshortcuts={shortcut}
      prefetch={false}
      className={style}
    >
      {children}
    </Link>
  );
}

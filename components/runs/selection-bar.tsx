"use client";

import type { MouseEvent } from "react";
import { Button } from "@/components/ui/button";
import { ListBar } from "@/components/ui/list-bar";
import { paths } from "@/lib/client/paths";

type Props = {
  ids: readonly string[];
  onCopy: (text: string, what: string, near: Element) => void;
  onClear: () => void;
};

/** Actions for all selected runs. */
export function SelectionBar({ ids, onCopy, onClear }: Props) {
  const copy = (lines: string[], what: string) => (event: MouseEvent) =>
    onCopy(lines.join("\n"), what, event.currentTarget);
  const things = ids.length === 1 ? "run" : "runs";
  return (
    <ListBar>
      <span className="font-medium tabular-nums">
        {ids.length} {things} selected
      </span>
      <Button size="sm" onClick={copy([...ids], `${ids.length} run IDs`)}>
        Copy IDs
      </Button>
      <Button
        size="sm"
        onClick={copy(
          ids.map((id) => `${location.origin}${paths.run(id)}`),
          `${ids.length} links`,
        )}
      >
        Copy links
      </Button>
      <Button size="sm" variant="ghost" className="ml-auto" onClick={onClear}>
        Clear selection
      </Button>
    </ListBar>
  );
}

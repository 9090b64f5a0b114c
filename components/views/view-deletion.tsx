"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { StoredText } from "@/components/ui/stored-text";

type Props = { name: string; isBusy: boolean; onDelete: () => void };

/** Confirms in place: a dialog over a dialog would be too much for a bookmark. */
export function ViewDeletion({ name, isBusy, onDelete }: Props) {
  const [isAsking, setAsking] = useState(false);
  if (!isAsking) {
    return (
      <div>
        <Button variant="danger-quiet" size="sm" onClick={() => setAsking(true)}>
          Delete view…
        </Button>
      </div>
    );
  }
  return (
    <div role="group" aria-label="Delete this view?" className="bg-sunken grid gap-2 rounded p-3">
      <p>
        Delete “<StoredText>{name}</StoredText>”? The runs don’t change, and anyone with the link can still
        open the list.
      </p>
      <div className="flex flex-wrap gap-2">
        <Button autoFocus size="sm" onClick={() => setAsking(false)}>
          Keep view
        </Button>
        <Button variant="danger" size="sm" isBusy={isBusy} onClick={onDelete}>
          Delete view
        </Button>
      </div>
    </div>
  );
}

"use client";

import { useRef, useState } from "react";

export type Selection = {
  ids: ReadonlySet<string>;
  /** @param isRange also toggles everything between this row and the last toggled one */
  toggle: (id: string, isRange: boolean) => void;
  /** Selects these rows, too. */
  add: (ids: readonly string[]) => void;
  toggleAll: () => void;
  clear: () => void;
};

/** The selected rows of a page. Rows that leave the page are deselected. */
export function useSelection(rows: readonly { id: string }[]): Selection {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const last = useRef<string>(undefined);
  const order = rows.map(({ id }) => id);
  const ids = new Set(order.filter((id) => chosen.has(id)));
  return {
    ids,
    toggle: (id, isRange) => {
      const isOn = !ids.has(id);
      const from = isRange && last.current ? order.indexOf(last.current) : -1;
      const to = order.indexOf(id);
      const touched = from < 0 ? [id] : order.slice(Math.min(from, to), Math.max(from, to) + 1);
      const next = new Set(ids);
      for (const one of touched)
        if (isOn) next.add(one);
        else next.delete(one);
      last.current = id;
      setChosen(next);
    },
    add: (more) => {
      last.current = more.at(-1);
      setChosen(new Set([...ids, ...more]));
    },
    toggleAll: () => setChosen(new Set(ids.size < order.length ? order : [])),
    clear: () => setChosen(new Set()),
  };
}

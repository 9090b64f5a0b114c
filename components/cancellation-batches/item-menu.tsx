"use client";

import Link from "next/link";
import { shortId } from "@/components/runs/short-id";
import type { RowMenuProps } from "@/components/ui/data-table";
import { MENU_ITEM } from "@/components/ui/popup-style";
import { RowMenu } from "@/components/ui/row-menu";
import { paths } from "@/lib/client/paths";
import type { ItemRow } from "./item-columns";
import type { PlanChange } from "./use-plan-change";

type Props = RowMenuProps<ItemRow> & { isBusy: boolean; onChange: (change: PlanChange) => void };

/** The actions of a run in a plan. */
export function ItemMenu({ row, anchor, onClose, isBusy, onChange }: Props) {
  const kind = row.is_excluded ? "include" : "exclude";
  return (
    <RowMenu label={`Actions for run ${shortId(row.run_id)}`} anchor={anchor} onClose={onClose}>
      <Link role="menuitem" href={paths.run(row.run_id)} prefetch={false} className={MENU_ITEM}>
        Open run
      </Link>
      <button
        type="button"
        role="menuitem"
        aria-disabled={isBusy}
        onClick={() => !isBusy && onChange({ kind, runIds: [row.run_id] })}
        className={MENU_ITEM}
      >
        {row.is_excluded ? "Put back" : "Leave out"}
      </button>
    </RowMenu>
  );
}

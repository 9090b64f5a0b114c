"use client";

import Link from "next/link";
import { shortId } from "@/components/runs/short-id";
import type { RowMenuProps } from "@/components/ui/data-table";
import { MENU_ITEM } from "@/components/ui/popup-style";
import { RowMenu } from "@/components/ui/row-menu";
import { paths } from "@/lib/client/paths";
import type { ItemRow } from "./item-columns";

type Props = RowMenuProps<ItemRow> & { isBusy: boolean; onLeaveOut: () => void };

/** The actions of a run in a plan. */
export function ItemMenu({ row, anchor, onClose, isBusy, onLeaveOut }: Props) {
  const isOff = isBusy || row.is_excluded;
  return (
    <RowMenu label={`Actions for run ${shortId(row.run_id)}`} anchor={anchor} onClose={onClose}>
      <Link role="menuitem" href={paths.run(row.run_id)} prefetch={false} className={MENU_ITEM}>
        Open run
      </Link>
      <button
        type="button"
        role="menuitem"
        aria-disabled={isOff}
        onClick={() => !isOff && onLeaveOut()}
        className={MENU_ITEM}
      >
        {row.is_excluded ? "Left out" : "Leave out"}
      </button>
    </RowMenu>
  );
}

"use client";

import Link from "next/link";
import { MENU_ITEM } from "@/components/ui/popup-style";
import { RowMenu } from "@/components/ui/row-menu";
import { paths } from "@/lib/client/paths";
import { shortId } from "./short-id";

type Props = {
  run: { id: string };
  anchor: HTMLElement;
  onClose: () => void;
  /** The slug of the run's customer, if known. */
  org: string | undefined;
  /** The id of the key that created the run, if known. */
  apiKey: string | undefined;
  /** Why the run can't be canceled, if so. */
  disabledReason: string | undefined;
  isSelected?: boolean;
  onCancel: () => void;
  onCopy: (text: string, what: string) => void;
  onSelect?: () => void;
};

const LINE = "my-1";

/** The row actions of a list of runs. */
export function RunRowMenu({ run, anchor, onClose, org, apiKey, disabledReason, ...props }: Props) {
  const { id } = run;
  const { isSelected, onCancel, onCopy, onSelect } = props;
  return (
    <RowMenu label={`Actions for run ${shortId(id)}`} anchor={anchor} onClose={onClose}>
      <Link role="menuitem" href={paths.run(id)} prefetch={false} className={MENU_ITEM}>
        Open run
      </Link>
      <button
        type="button"
        role="menuitem"
        aria-disabled={disabledReason !== undefined}
        onClick={() => disabledReason === undefined && onCancel()}
        className={MENU_ITEM}
      >
        {disabledReason === undefined ? (
          <span className="text-danger">Cancel run…</span>
        ) : (
          <span className="grid py-1">
            Cancel run… <span className="text-ink-faint text-sm">{disabledReason}</span>
          </span>
        )}
      </button>
      <hr className={LINE} />
      <button type="button" role="menuitem" onClick={() => onCopy(id, "run ID")} className={MENU_ITEM}>
        Copy ID
      </button>
      <button
        type="button"
        role="menuitem"
        onClick={() => onCopy(`${location.origin}${paths.run(id)}`, "link")}
        className={MENU_ITEM}
      >
        Copy link
      </button>
      <hr className={LINE} />
      {org && (
        <Link role="menuitem" href={paths.runs({ org })} prefetch={false} className={MENU_ITEM}>
          Runs of this customer
        </Link>
      )}
      {apiKey && (
        <Link
          role="menuitem"
          href={paths.runs({ q: `api_key_id:${apiKey}` })}
          prefetch={false}
          className={MENU_ITEM}
        >
          Runs with the same key
        </Link>
      )}
      {onSelect && (
        <button type="button" role="menuitem" onClick={onSelect} className={MENU_ITEM}>
          {isSelected ? "Deselect" : "Select"}
        </button>
      )}
    </RowMenu>
  );
}

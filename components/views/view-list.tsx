"use client";

import { Pencil, Plus } from "lucide-react";
import Link from "next/link";
import { cx } from "@/components/ui/class-names";
import { MENU_ITEM } from "@/components/ui/popup-style";
import { StoredText } from "@/components/ui/stored-text";
import { plainStored } from "@/lib/client/bidi";
import { type SavedView, viewPath } from "@/lib/client/views";
import { ViewCount } from "./view-count";

type Props = {
  views: readonly SavedView[];
  isError: boolean;
  /** The view on screen. */
  current: SavedView | undefined;
  onEdit: (view: SavedView | "new") => void;
};

export function ViewList({ views, isError, current, onEdit }: Props) {
  const sections = [
    { title: "Own", members: views.filter(({ scope }) => scope === "own") },
    { title: "The team’s", members: views.filter(({ scope }) => scope === "team") },
  ];
  return (
    <>
      {views.length === 0 && (
        <p className="text-ink-muted px-2 py-1.5">
          {isError ? "Views could not be loaded." : "No saved views yet."}
        </p>
      )}
      {sections.map(({ title, members }) => (
        <section key={title} aria-label={title} className={cx(members.length === 0 && "hidden")}>
          <h2 className="text-ink-muted px-2 py-1 text-sm">{title}</h2>
          <ul>
            {members.map((view) => (
              <Row key={view.id} view={view} isHere={view.id === current?.id} onEdit={onEdit} />
            ))}
          </ul>
        </section>
      ))}
      <button type="button" className={`${MENU_ITEM} mt-1`} onClick={() => onEdit("new")}>
        <Plus aria-hidden className="size-3.5" />
        Save this list as a view
      </button>
    </>
  );
}

type RowProps = { view: SavedView; isHere: boolean; onEdit: (view: SavedView) => void };

function Row({ view, isHere, onEdit }: RowProps) {
  return (
    <li className="flex items-center">
      <Link
        href={viewPath(view)}
        prefetch={false}
        aria-current={isHere ? "page" : undefined}
        title={view.scope === "team" ? `Saved by ${plainStored(view.owner.name)}` : undefined}
        onClick={(event) => event.currentTarget.closest<HTMLElement>("[popover]")?.hidePopover()}
        className={cx(MENU_ITEM, "min-w-0 flex-1", isHere && "bg-hover font-medium")}
      >
        <span className="min-w-0 flex-1 truncate">
          <StoredText>{view.name}</StoredText>
        </span>
        <ViewCount id={view.id} />
      </Link>
      {view.is_changeable && (
        <button
          type="button"
          aria-label={`Edit the view ${plainStored(view.name)}`}
          onClick={() => onEdit(view)}
          className="text-ink-muted hover:bg-hover hover:text-ink grid size-8 shrink-0 place-items-center rounded"
        >
          <Pencil aria-hidden className="size-3.5" />
        </button>
      )}
    </li>
  );
}

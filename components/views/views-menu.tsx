"use client";

import { useQuery } from "@tanstack/react-query";
import { Bookmark } from "lucide-react";
import { useState } from "react";
import { buttonStyle } from "@/components/ui/button-style";
import { useDialog } from "@/components/ui/dialog-state";
import { latePart } from "@/components/ui/late-part";
import { lazyDialog } from "@/components/ui/lazy-dialog";
import { Popup } from "@/components/ui/popup";
import { StoredText } from "@/components/ui/stored-text";
import { paths } from "@/lib/client/paths";
import { type RunFilters, writeRunFilters } from "@/lib/client/run-filters";
import { type SavedView, viewPath, viewsOptions } from "@/lib/client/views";

/** Lazy-loaded: few visitors open it. */
const ViewList = latePart(() => import("./view-list").then((module) => module.ViewList));
const ViewDialog = lazyDialog(() => import("./view-dialog").then((module) => module.ViewDialog));

/** Saved views, one's own and the team's: opens them, and saves the one on screen. */
export function ViewsMenu({ filters }: { filters: RunFilters }) {
  const dialog = useDialog();
  const { data: views = [], isError } = useQuery(viewsOptions());
  const [subject, setSubject] = useState<SavedView | "new">();
  const here = paths.runs(writeRunFilters(filters));
  const current = views.find((view) => viewPath(view) === here);
  const edit = (view: SavedView | "new") => {
    setSubject(view);
    dialog.open();
  };
  return (
    <>
      <Popup
        label="Views"
        width={320}
        trigger={dialog.opener.ref}
        buttonClassName={buttonStyle("ghost", "sm", "max-w-56 shrink")}
        button={
          <>
            <Bookmark aria-hidden className="size-3.5 shrink-0" />
            <span>Views</span>
            {current && (
              <span className="text-ink truncate">
                <StoredText>{current.name}</StoredText>
              </span>
            )}
          </>
        }
      >
        <ViewList views={views} isError={isError} current={current} onEdit={edit} />
      </Popup>
      {subject && (
        <ViewDialog
          // The key drops text that was typed for another view.
          key={subject === "new" ? "new" : subject.id}
          {...(subject !== "new" && { view: subject })}
          {...dialog.props}
          here={here}
        />
      )}
    </>
  );
}

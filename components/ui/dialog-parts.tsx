"use client";

import type { ReactNode } from "react";
import { cx } from "./class-names";
import { useDialogState } from "./dialog-state";

/** The dialog's title. */
export function DialogTitle({ className, children }: { className?: string; children: ReactNode }) {
  const { titleId } = useDialogState();
  return (
    <h2 id={titleId} className={className ?? "text-lg font-semibold wrap-anywhere"}>
      {children}
    </h2>
  );
}

export type BodyProps = {
  title: ReactNode;
  /** Next to the title, such as a status. */
  aside?: ReactNode;
  /** The subject or the consequences: describes the dialog. */
  text?: ReactNode;
  children?: ReactNode;
};

export function DialogBody({ title, aside, text, children }: BodyProps) {
  const { textId } = useDialogState();
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4 px-5 py-4">
      <div className="grid grid-cols-[minmax(0,1fr)] gap-2">
        <div className="flex flex-wrap items-center justify-between gap-x-3">
          <DialogTitle>{title}</DialogTitle>
          {aside}
        </div>
        {text !== undefined && (
          <div id={textId} className="text-ink-muted grid gap-2">
            {text}
          </div>
        )}
      </div>
      {children}
    </div>
  );
}

/** The buttons stay visible, however long the content and however small the window. */
export function DialogFooter({ className, children }: { className?: string; children: ReactNode }) {
  const { isLong } = useDialogState();
  return (
    <div className="bg-surface sticky bottom-0 z-10 border-t px-5 py-3">
      <p role="status" className="text-ink-muted pb-2 text-right empty:hidden">
        {isLong &&
          "This is taking a while. You can close this dialog: the request continues, and the page will show the result."}
      </p>
      <div className={cx("flex flex-wrap items-center justify-end gap-2 max-sm:*:flex-1", className)}>
        {children}
      </div>
    </div>
  );
}

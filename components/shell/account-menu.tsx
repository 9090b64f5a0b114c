"use client";

import Link from "next/link";
import { MENU_ITEM } from "@/components/ui/popup-style";
import { StoredText } from "@/components/ui/stored-text";
import { TimeZoneChoice } from "@/components/ui/time-zone-choice";
import { paths } from "@/lib/client/paths";
import { showKeySheet } from "./key-sheet-state";
import { SignOutItem } from "./sign-out-item";
import type { Person } from "./signed-in-person";
import { ThemeChoice } from "./theme-choice";

/** The signed-in person and their settings. */
export function AccountMenu({ name, email, role }: Person) {
  return (
    <>
      <div className="grid px-2 pt-1 pb-2">
        <span className="font-medium wrap-anywhere">
          <StoredText>{name}</StoredText>
        </span>
        <span className="text-ink-muted text-sm wrap-anywhere">{email}</span>
        <span className="text-ink-muted text-sm">Role: {role}</span>
      </div>
      <div className="border-y py-1.5">
        <ThemeChoice />
        <TimeZoneChoice />
      </div>
      <div className="pt-1.5">
        <Link
          href={paths.account()}
          prefetch={false}
          className={MENU_ITEM}
          onClick={(event) => event.currentTarget.closest<HTMLElement>("[popover]")?.hidePopover()}
        >
          Your account
        </Link>
        <button type="button" className={MENU_ITEM} onClick={showKeySheet}>
          Keyboard shortcuts
        </button>
        <SignOutItem />
      </div>
    </>
  );
}

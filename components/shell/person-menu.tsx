"use client";

import { ChevronsUpDown } from "lucide-react";
import { Popup } from "@/components/ui/popup";
import { MENU_ITEM } from "@/components/ui/popup-style";
import { showKeySheet } from "./key-sheet-state";
import { SignOutItem } from "./sign-out-item";
import { ThemeChoice } from "./theme-choice";

export type Person = { name: string; email: string; role: string };

export function PersonMenu({ name, email, role }: Person) {
  return (
    <Popup
      label="Account"
      width={232}
      buttonClassName="flex h-9 items-center gap-2.5 rounded p-1 text-left hover:bg-hover aria-expanded:bg-hover xl:h-11 xl:w-full xl:px-2"
      button={
        <>
          <Initials name={name} />
          <span className="grid min-w-0 flex-1 max-xl:sr-only">
            <span className="sr-only">Account menu of </span>
            <span className="font-medium wrap-anywhere">{name}</span>
            <span className="text-ink-muted text-sm wrap-anywhere">{role}</span>
          </span>
          <ChevronsUpDown aria-hidden className="text-ink-faint size-3.5 max-xl:hidden" />
        </>
      }
    >
      <div className="grid px-2 pt-1 pb-2">
        <span className="font-medium wrap-anywhere">{name}</span>
        <span className="text-ink-muted text-sm wrap-anywhere">{email}</span>
        <span className="text-ink-muted text-sm">Role: {role}</span>
      </div>
      <div className="border-y py-1.5">
        <ThemeChoice />
      </div>
      <div className="pt-1.5">
        <button type="button" className={MENU_ITEM} onClick={showKeySheet}>
          Keyboard shortcuts
        </button>
        <SignOutItem />
      </div>
    </Popup>
  );
}

function Initials({ name }: { name: string }) {
  const letters = name.split(/\s+/).map((word) => [...word][0] ?? "");
  return (
    <span
      aria-hidden
      className="bg-accent-tint text-accent grid size-7 shrink-0 place-items-center rounded-full text-xs font-semibold"
    >
      {(letters[0] ?? "") + (letters.length > 1 ? letters.at(-1) : "")}
    </span>
  );
}

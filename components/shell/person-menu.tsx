"use client";

import { ChevronsUpDown } from "lucide-react";
import { latePart } from "@/components/ui/late-part";
import { Popup } from "@/components/ui/popup";
import { StoredText } from "@/components/ui/stored-text";
import type { Person } from "./signed-in-person";

/** Loaded on opening, which is rare. */
const AccountMenu = latePart(() => import("./account-menu").then((module) => module.AccountMenu));

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
            <span className="font-medium wrap-anywhere">
              <StoredText>{name}</StoredText>
            </span>
            <span className="text-ink-muted text-sm wrap-anywhere">{role}</span>
          </span>
          <ChevronsUpDown aria-hidden className="text-ink-faint size-3.5 max-xl:hidden" />
        </>
      }
    >
      <AccountMenu {...{ name, email, role }} />
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

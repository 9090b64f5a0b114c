"use client";

import { Menu } from "@base-ui/react/menu";
import { Check, ChevronsUpDown } from "lucide-react";
import { useTheme } from "next-themes";
import { useRef, useState } from "react";
import { MENU_ITEM, POPUP } from "@/components/ui/popup-style";
import { paths } from "@/lib/client/paths";
import { showKeySheet } from "./key-sheet-state";

export type Person = { name: string; email: string; role: string };

const THEMES = [
  { value: "system", name: "As the system" },
  { value: "light", name: "Light" },
  { value: "dark", name: "Dark" },
];

export function PersonMenu({ name, email, role }: Person) {
  const { theme, setTheme } = useTheme();
  const frame = useRef<HTMLDivElement>(null);
  return (
    <div ref={frame}>
      <Menu.Root>
        <Menu.Trigger className="hover:bg-hover data-popup-open:bg-hover flex h-9 items-center gap-2.5 rounded p-1 text-left xl:h-11 xl:w-full xl:px-2">
          <Initials name={name} />
          <span className="grid min-w-0 flex-1 max-xl:sr-only">
            <span className="sr-only">Account menu of </span>
            <span className="truncate font-medium">{name}</span>
            <span className="text-ink-muted truncate text-sm">{role}</span>
          </span>
          <ChevronsUpDown aria-hidden className="text-ink-faint size-3.5 max-xl:hidden" />
        </Menu.Trigger>
        {/* Beside its button, so that it belongs to the same landmark. */}
        <Menu.Portal container={frame}>
          <Menu.Positioner align="end" sideOffset={6} className="z-30">
            <Menu.Popup className={`${POPUP} w-60 p-1.5`}>
              <div className="grid px-2 pt-1 pb-2">
                <span className="truncate font-medium">{name}</span>
                <span className="text-ink-muted truncate text-sm">{email}</span>
                <span className="text-ink-muted text-sm">Role: {role}</span>
              </div>
              <Menu.Separator className="bg-line my-1 h-px" />
              <Menu.RadioGroup value={theme ?? "system"} onValueChange={setTheme}>
                <Menu.GroupLabel className="text-ink-muted px-2 py-1 text-sm">Theme</Menu.GroupLabel>
                {THEMES.map(({ value, name: label }) => (
                  <Menu.RadioItem key={value} value={value} closeOnClick={false} className={MENU_ITEM}>
                    <span className="flex-1">{label}</span>
                    <Menu.RadioItemIndicator>
                      <Check aria-hidden className="size-3.5" />
                    </Menu.RadioItemIndicator>
                  </Menu.RadioItem>
                ))}
              </Menu.RadioGroup>
              <Menu.Separator className="bg-line my-1 h-px" />
              <Menu.Item className={MENU_ITEM} onClick={showKeySheet}>
                Keyboard shortcuts
              </Menu.Item>
              <SignOutItem />
            </Menu.Popup>
          </Menu.Positioner>
        </Menu.Portal>
      </Menu.Root>
    </div>
  );
}

function SignOutItem() {
  const [isBusy, setBusy] = useState(false);

  const leave = async () => {
    setBusy(true);
    // Only this item needs it, so the page does not load it before.
    const { signOut } = await import("next-auth/react");
    await signOut({ redirect: false });
    window.location.assign(paths.signIn());
  };
  return (
    <Menu.Item closeOnClick={false} disabled={isBusy} className={MENU_ITEM} onClick={leave}>
      {isBusy ? "Signing out…" : "Sign out"}
    </Menu.Item>
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

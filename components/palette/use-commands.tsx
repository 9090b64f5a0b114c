"use client";

import { useQuery } from "@tanstack/react-query";
import { Bookmark, CircleUser, Keyboard, LogOut, Moon, Pause, Play, Sun, SunMoon } from "lucide-react";
import { useTheme } from "next-themes";
import { useRouter } from "next/navigation";
import { showKeySheet } from "@/components/shell/key-sheet-state";
import { PAGES } from "@/components/shell/pages";
import { plainStored } from "@/lib/client/bidi";
import { paths } from "@/lib/client/paths";
import { togglePause, useUpdates } from "@/lib/client/pause";
import { viewPath, viewsOptions } from "@/lib/client/views";
import type { PaletteItem } from "./palette-item";

const ICON = "size-4";
const THEMES = [
  { value: "light", label: "Light theme", Icon: Sun },
  { value: "dark", label: "Dark theme", Icon: Moon },
  { value: "system", label: "System theme", Icon: SunMoon },
];

type Props = { onClose: () => void; onSignOut: () => void };

/** The palette's built-in commands: pages, saved views and global actions. */
export function useCommands({ onClose, onSignOut }: Props): PaletteItem[] {
  const router = useRouter();
  const { theme = "system", setTheme } = useTheme();
  const updates = useUpdates();
  const { data: views = [] } = useQuery(viewsOptions());
  const then = (act: () => void) => () => {
    onClose();
    act();
  };
  const pages = PAGES.map(({ href, name, Icon }) => ({
    key: href,
    group: "Pages",
    label: name,
    icon: <Icon aria-hidden className={ICON} />,
    choose: then(() => router.push(href)),
  }));
  const saved = views.map((view) => ({
    key: view.id,
    group: "Views",
    label: view.name,
    detail: view.scope === "team" ? `Team · ${plainStored(view.owner.name)}` : "Own",
    icon: <Bookmark aria-hidden className={ICON} />,
    choose: then(() => router.push(viewPath(view))),
  }));
  const UpdateIcon = updates === "paused" ? Play : Pause;
  const pause = {
    key: "pause",
    group: "Actions",
    label: updates === "paused" ? "Resume updates" : "Pause updates",
    icon: <UpdateIcon aria-hidden className={ICON} />,
    choose: then(togglePause),
  };
  const themes = THEMES.map(({ value, label, Icon }) => ({
    key: value,
    group: "Actions",
    label,
    ...(theme === value && { detail: "Chosen" }),
    icon: <Icon aria-hidden className={ICON} />,
    choose: then(() => setTheme(value)),
  }));
  return [
    ...pages,
    ...saved,
    ...(updates === "none" ? [] : [pause]),
    ...themes,
    {
      key: "account",
      group: "Actions",
      label: "Your account",
      icon: <CircleUser aria-hidden className={ICON} />,
      choose: then(() => router.push(paths.account())),
    },
    {
      key: "keys",
      group: "Actions",
      label: "Keyboard shortcuts",
      icon: <Keyboard aria-hidden className={ICON} />,
      choose: then(showKeySheet),
    },
    {
      key: "sign-out",
      group: "Actions",
      label: "Sign out",
      icon: <LogOut aria-hidden className={ICON} />,
      choose: onSignOut,
    },
  ];
}

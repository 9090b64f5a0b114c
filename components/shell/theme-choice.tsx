"use client";

import { useTheme } from "next-themes";
import { MENU_ITEM } from "@/components/ui/popup-style";

const THEMES = [
  { value: "system", name: "System" },
  { value: "light", name: "Light" },
  { value: "dark", name: "Dark" },
];

export function ThemeChoice() {
  const { theme = "system", setTheme } = useTheme();
  return (
    <fieldset>
      <legend className="text-ink-muted px-2 py-1 text-sm">Theme</legend>
      {THEMES.map(({ value, name: words }) => (
        <label key={value} className={MENU_ITEM}>
          <input
            type="radio"
            name="theme"
            checked={theme === value}
            onChange={() => setTheme(value)}
            className="size-3.5 focus-visible:outline-offset-1"
          />
          {words}
        </label>
      ))}
    </fieldset>
  );
}

import type { ReactNode } from "react";
import { foldText } from "@/lib/contract/text/fold";

/** One thing that the palette leads to or does. */
export type PaletteItem = {
  key: string;
  group: string;
  /** What it is found by, too. */
  label: string;
  /** How it looks, where that isn't its name. */
  shown?: ReactNode;
  detail?: ReactNode;
  icon?: ReactNode;
  choose: () => void;
};

/** Whether every word that was typed begins a word of the name. */
export function matches(label: string, typed: string): boolean {
  const words = foldText(label).split(/[\s/·-]+/);
  const wanted = foldText(typed)
    .split(/[\s/·-]+/)
    .filter(Boolean);
  return wanted.every((part) => words.some((word) => word.startsWith(part)));
}

/** Items by group, in order of first appearance. */
export function groupItems(
  items: readonly PaletteItem[],
): [string, { item: PaletteItem; index: number }[]][] {
  const groups = Map.groupBy(
    items.map((item, index) => ({ item, index })),
    ({ item }) => item.group,
  );
  return [...groups];
}

import type { ReactNode } from "react";
import { foldText } from "@/lib/contract/text/fold";

/** A palette entry: a link or an action. */
export type PaletteItem = {
  key: string;
  group: string;
  /** Extra search terms. */
  label: string;
  /** Its appearance, if not its name. */
  shown?: ReactNode;
  detail?: ReactNode;
  icon?: ReactNode;
  choose: () => void;
};

/** Whether every typed word begins a word of the name. */
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

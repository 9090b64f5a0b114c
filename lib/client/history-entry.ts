type WithNavigation = { navigation?: { currentEntry?: { key: string } | null } };

/** @returns what names this entry of the tab's history, the same when one comes back to it; the address in older browsers */
export const historyEntry = (): string =>
  (window as WithNavigation).navigation?.currentEntry?.key ?? location.href;

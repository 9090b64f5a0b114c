type WithNavigation = { navigation?: { currentEntry?: { key: string } | null } };

/** @returns an id of this history entry, stable across back and forward; the URL in older browsers */
export const historyEntry = (): string =>
  (window as WithNavigation).navigation?.currentEntry?.key ?? location.href;

/** The list that a person came from, kept while the tab is open. */
export type RunList = { href: string; ids: string[] };

const STORAGE_KEY = "runflow.list";

export function rememberList(list: RunList): void {
  try {
    sessionStorage.setItem(STORAGE_KEY, JSON.stringify(list));
  } catch {
    // Without storage, the run's page has no previous and next.
  }
}

/** As a string, so that an unchanged list compares equal. */
export function readList(): string | null {
  try {
    return sessionStorage.getItem(STORAGE_KEY);
  } catch {
    return null;
  }
}

/** @returns the runs before and after this one in the list last seen, or undefined if it isn't there */
export function findNeighbors(stored: string | null, id: string) {
  const list = parse(stored);
  const here = list?.ids.indexOf(id) ?? -1;
  if (!list || here < 0) return undefined;
  return {
    href: list.href,
    place: here + 1,
    count: list.ids.length,
    previous: list.ids[here - 1],
    next: list.ids[here + 1],
  };
}

function parse(stored: string | null): RunList | undefined {
  if (stored === null) return undefined;
  try {
    const { href, ids } = JSON.parse(stored) as RunList;
    return typeof href === "string" && href.startsWith("/runs") && Array.isArray(ids)
      ? { href, ids }
      : undefined;
  } catch {
    return undefined;
  }
}

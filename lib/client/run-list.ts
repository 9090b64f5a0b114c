/** The list that a person came from, kept for as long as the tab is open. */
export type RunList = { href: string; ids: string[] };

const STORAGE_KEY = "runflow.list";

export function rememberList(list: RunList): void {
  try {
    sessionStorage.setItem(STORAGE_KEY, JSON.stringify(list));
  } catch {
    // A browser that keeps nothing offers no way from run to run.
  }
}

/** As text, which is the same for as long as nothing changed. */
export function readList(): string | null {
  try {
    return sessionStorage.getItem(STORAGE_KEY);
  } catch {
    return null;
  }
}

/** @returns the runs before and after one in the list that was seen last, or undefined when it isn't in it */
export function findNeighbours(stored: string | null, id: string) {
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

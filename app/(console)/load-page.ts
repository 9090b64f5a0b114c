import { Refusal } from "@/lib/platform/errors";

/**
 * @returns the page that a URL asks for, or undefined when its cursor is truncated or belongs to another list
 */
export async function loadPage<Page>(find: () => Promise<Page>): Promise<Page | undefined> {
  try {
    return await find();
  } catch (error) {
    const isStale = error instanceof Refusal && error.options.errors?.some(({ loc }) => loc.includes("pq"));
    if (isStale) return undefined;
    throw error;
  }
}

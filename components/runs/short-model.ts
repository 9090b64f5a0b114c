/** @returns a model's slug without its publisher: "background-replace" for "runflow/background-replace" */
export const shortModel = (slug: string): string => slug.slice(slug.indexOf("/") + 1);

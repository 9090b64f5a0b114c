/** A ref that scrolls its element into view, for messages below the fold of a long dialog. */
export const showWhole = (element: HTMLElement | null): void => element?.scrollIntoView({ block: "nearest" });

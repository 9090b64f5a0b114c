import { createOpenState } from "./open-state";

/** One sheet for the page; a key, the account menu and the palette open it. */
export const { show: showKeySheet, hide: hideKeySheet, useIsOpen: useKeySheet } = createOpenState();

/**
 * On globalThis, because the stopping server and Next's bundled routes have separate copies of this module.
 */
const shared = globalThis as { runflowIsDraining?: boolean };

/** Whether this process is about to stop, so that load balancers should send requests elsewhere. */
export const isDraining = (): boolean => shared.runflowIsDraining === true;

export const startDraining = (): void => void (shared.runflowIsDraining = true);

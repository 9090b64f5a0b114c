/** Asks the person to confirm who they are; resolves to whether they did. */
type Ask = () => Promise<boolean>;

let ask: Ask | undefined;
let pending: Promise<boolean> | undefined;

/** @returns a function that removes it */
export function onStepUp(asker: Ask): () => void {
  ask = asker;
  return () => void (ask === asker && (ask = undefined));
}

/** Asks once for any number of requests that need it at the same time. */
export function confirmIdentity(): Promise<boolean> {
  pending ??= (ask?.() ?? Promise.resolve(false)).finally(() => (pending = undefined));
  return pending;
}

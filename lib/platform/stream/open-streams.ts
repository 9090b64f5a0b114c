/** `budget`: of the person or key whose stream it is. */
type Ending = { budget: string; end(): void };
type OpenStreams = { streams: Set<Ending>; isStopping: boolean };

/**
 * On globalThis, because the stopping server and Next's bundled routes have separate copies of this module.
 */
const shared = globalThis as { runflowStreams?: OpenStreams };
const state = (): OpenStreams => (shared.runflowStreams ??= { streams: new Set(), isStopping: false });

export const countStreams = (budget: string): number =>
  [...state().streams].filter((stream) => stream.budget === budget).length;

/** @returns a function to call when the stream has ended */
export function noteStream(stream: Ending): () => void {
  const { streams } = state();
  streams.add(stream);
  return () => void streams.delete(stream);
}

export const isStopping = (): boolean => state().isStopping;

/** Ends all streams: they never end on their own, so a stopping server would wait for them. */
export function endStreams(): void {
  state().isStopping = true;
  for (const { end } of state().streams) end();
}

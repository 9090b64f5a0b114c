type Ending = { credentialId: string; end(): void };
type OpenStreams = { streams: Set<Ending>; isStopping: boolean };

/** The server that stops and the routes that Next bundled are different copies of this file; globalThis is one. */
const shared = globalThis as { runflowStreams?: OpenStreams };
const state = (): OpenStreams => (shared.runflowStreams ??= { streams: new Set(), isStopping: false });

export const countStreams = (credentialId: string): number =>
  [...state().streams].filter((stream) => stream.credentialId === credentialId).length;

/** @returns to be called when the stream has ended */
export function noteStream(stream: Ending): () => void {
  const { streams } = state();
  streams.add(stream);
  return () => void streams.delete(stream);
}

export const isStopping = (): boolean => state().isStopping;

/** A stream never ends by itself, and the server that is to stop would wait for it. */
export function endStreams(): void {
  state().isStopping = true;
  for (const { end } of state().streams) end();
}

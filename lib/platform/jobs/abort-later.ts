/** @returns a signal that aborts some time after the given one */
export function abortLater(signal: AbortSignal, ms: number): AbortSignal {
  const late = new AbortController();
  const wait = () => void setTimeout(() => late.abort(), ms);
  if (signal.aborted) wait();
  else signal.addEventListener("abort", wait, { once: true });
  return late.signal;
}
